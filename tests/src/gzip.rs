//! Compresses bodies as a server does, without a library.

/// Compresses `text` as gzip. Only repetitions at distance `period` (1 to 4) are compressed, in runs of 258 bytes,
/// which take less than two bytes each.
///
/// # Panics
///
/// Panics if the text is not ASCII or has 4 GiB or more, or if `period` is not from 1 to 4.
#[must_use]
pub fn packed(text: &[u8], period: usize) -> Vec<u8> {
    assert!(text.is_ascii() && (1..=4).contains(&period), "other texts need other codes");
    let mut bits = Bits::default();
    // The last block, with the codes of RFC 1951, 3.2.6.
    bits.push(0b110, 3);
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        let from = at.checked_sub(period).and_then(|from| text.get(from..from + LONGEST));
        if from.is_some() && from == text.get(at..at + LONGEST) {
            bits.push(0b1100_0101, 8);
            bits.push(period as u8 - 1, 5);
            at += LONGEST;
        } else {
            bits.push(0b0011_0000 + byte, 8);
            at += 1;
        }
    }
    bits.push(0, 7);
    let length = u32::try_from(text.len()).expect("a length of 32 bits");
    let head = [31, 139, 8, 0, 0, 0, 0, 0, 0, 255];
    [&head[..], &bits.bytes, &crc32(text).to_le_bytes(), &length.to_le_bytes()].concat()
}

/// The length in bytes of a repetition, which is the longest of the format.
const LONGEST: usize = 258;

#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    /// The number of bits in `bytes`; the last byte may have fewer than eight.
    taken: u32,
}

impl Bits {
    /// Adds the lowest bits of a code, the highest of them first.
    fn push(&mut self, code: u8, length: u32) {
        for at in (0..length).rev() {
            if self.taken.is_multiple_of(8) {
                self.bytes.push(0);
            }
            if let Some(last) = self.bytes.last_mut() {
                *last |= ((code >> at) & 1) << (self.taken % 8);
            }
            self.taken += 1;
        }
    }
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
    })
}
