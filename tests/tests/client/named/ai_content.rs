//! Tests AI Content: import sources and external pages.

use intercom_client::models::*;
use serde_json::json;

use super::{asked, at, body, start};

#[tokio::test]
async fn content_import_sources() {
    let source = json!({
        "type": "content_import_source", "id": 33, "url": "https://docs.example.com", "sync_behavior": "api",
        "status": "active", "audience_ids": [5], "created_at": 1_610_000_001, "updated_at": 1_610_000_252,
        "last_synced_at": 1_610_000_252,
    });
    let list = json!({ "type": "list", "data": [source], "total_count": 1, "pages": { "type": "pages", "page": 1 } });
    let (server, client) = start([source.clone(), list, source.clone(), source, json!(null)]).await;
    let sources = client.ai_content();

    let new = CreateContentImportSourceRequest::new("https://docs.example.com")
        .status(CreateContentImportSourceRequestStatus::Active)
        .audience_ids([5]);
    let created = sources.create_content_import_source(new).await.expect("created");
    assert_eq!((created.id, created.status), (Some(33), Some(ContentImportSourceStatus::Active)));

    let id = created.id.expect("an id");

    let listed = sources.list_content_import_sources().await.expect("a list");
    assert_eq!(listed.total_count, Some(1));

    let shown = sources.get_content_import_source(id).await.expect("shown");
    assert_eq!((shown.url.as_deref(), shown.created_at), (Some("https://docs.example.com"), Some(at(1_610_000_001))));

    let change = UpdateContentImportSourceRequest::new(UpdateImportSyncBehavior::Api, "https://example.com")
        .status(UpdateContentImportSourceRequestStatus::Deactivated);
    sources.update_content_import_source(id, change).await.expect("updated");
    sources.delete_content_import_source(id).await.expect("deleted");

    assert_eq!(
        asked(&server),
        [
            "POST /ai/content_import_sources",
            "GET /ai/content_import_sources",
            "GET /ai/content_import_sources/33",
            "PUT /ai/content_import_sources/33",
            "DELETE /ai/content_import_sources/33",
        ]
    );
    let sent =
        json!({ "sync_behavior": "api", "url": "https://docs.example.com", "status": "active", "audience_ids": [5] });
    assert_eq!(body(&server, 0), sent);
    assert_eq!(
        body(&server, 3),
        json!({ "sync_behavior": "api", "url": "https://example.com", "status": "deactivated" })
    );
}

#[tokio::test]
async fn external_pages() {
    let page = json!({
        "type": "external_page", "id": "21", "title": "First steps", "html": "<h1>Hi</h1>", "locale": "en",
        "source_id": 33, "external_id": "page-7", "ai_agent_availability": true, "ai_copilot_availability": true,
        "created_at": 1_610_000_001, "updated_at": 1_610_000_252, "last_ingested_at": 1_610_000_252,
    });
    let list = json!({ "type": "list", "data": [page], "total_count": 1 });
    let (server, client) = start([page.clone(), list, page.clone(), page.clone(), page]).await;
    let pages = client.ai_content();

    let new = CreateExternalPageRequest::new("First steps", "<h1>Hi</h1>", 33, "page-7")
        .url("https://docs.example.com/start")
        .ai_agent_availability(true);
    let created = pages.create_external_page(new).await.expect("created");
    assert_eq!((created.id.as_deref(), created.source_id), (Some("21"), Some(33)));
    let id = created.id.expect("an id");

    let listed = pages.list_external_pages().await.expect("a list");
    assert_eq!(listed.data.unwrap_or_default().len(), 1);
    pages.get_external_page(&id).await.expect("shown");
    let change = UpdateExternalPageRequest::new("First steps", "<h1>Hello</h1>", "https://docs.example.com/start", 33);
    pages.update_external_page(&id, change).await.expect("updated");
    pages.delete_external_page(&id).await.expect("deleted");

    assert_eq!(
        asked(&server),
        [
            "POST /ai/external_pages",
            "GET /ai/external_pages",
            "GET /ai/external_pages/21",
            "PUT /ai/external_pages/21",
            "DELETE /ai/external_pages/21",
        ]
    );
    assert_eq!(
        body(&server, 0),
        json!({
            "external_id": "page-7", "html": "<h1>Hi</h1>", "source_id": 33, "title": "First steps", "locale": "en",
            "url": "https://docs.example.com/start", "ai_agent_availability": true,
        })
    );
    assert_eq!(body(&server, 3)["html"], "<h1>Hello</h1>");
}
