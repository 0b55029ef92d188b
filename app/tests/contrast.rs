//! Reads `style/tokens.css` and holds every pair of text and ground to WCAG AA, in both themes.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::needless_range_loop, reason = "the index is the theme")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

type Rgb = [f64; 3];

/// OKLCH to linear sRGB, after Björn Ottosson.
fn linear(lightness: f64, chroma: f64, hue: f64) -> Rgb {
    let (a, b) = (chroma * hue.to_radians().cos(), chroma * hue.to_radians().sin());
    let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548 * b).powi(3);
    [
        4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
        -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
        -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701 * s,
    ]
    .map(|c| c.clamp(0.0, 1.0))
}

fn luminance([r, g, b]: Rgb) -> f64 {
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The colours as (light, dark) by name.
fn colours() -> BTreeMap<String, [Rgb; 2]> {
    let css = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../style/tokens.css")).unwrap();
    let mut found = BTreeMap::new();
    for line in css.lines().filter(|line| line.contains("light-dark(")) {
        let (name, value) = line.trim().split_once(':').unwrap();
        let parts: Vec<Rgb> = value
            .split("oklch(")
            .skip(1)
            .map(|part| {
                let numbers: Vec<f64> =
                    part.split(')').next().unwrap().split_whitespace().map(|n| n.parse().unwrap()).collect();
                linear(numbers[0], numbers[1], numbers[2])
            })
            .collect();
        found.insert(name.trim_start_matches("--").to_owned(), [parts[0], parts[1]]);
    }
    found
}

#[test]
fn text_is_readable_on_every_ground_it_stands_on() {
    let colours = colours();
    let mut pairs = Vec::new();
    for ground in ["paper", "surface", "sunken"] {
        for text in ["ink", "ink-soft", "accent", "accent-strong", "good", "warn", "bad", "uncertain"] {
            pairs.push((text, ground));
        }
    }
    for (text, ground) in [
        ("accent-strong", "accent-soft"),
        ("ink", "accent-soft"),
        ("ink", "good-soft"),
        ("ink", "warn-soft"),
        ("ink", "bad-soft"),
        ("bad", "bad-soft"),
        ("on-accent", "accent"),
        ("on-accent", "accent-strong"),
    ] {
        pairs.push((text, ground));
    }
    let mut failures = Vec::new();
    for (text, ground) in pairs {
        for (i, theme) in ["light", "dark"].iter().enumerate() {
            let ratio = contrast(colours[text][i], colours[ground][i]);
            if ratio < 4.5 {
                failures.push(format!("{text} on {ground}, {theme}: {ratio:.2}"));
            }
        }
    }
    assert!(failures.is_empty(), "below 4.5: {failures:#?}");
}

#[test]
fn edges_of_controls_and_marks_can_be_seen() {
    let colours = colours();
    for (mark, ground) in [("rule-strong", "surface"), ("rule-strong", "paper"), ("accent", "paper")] {
        for i in 0..2 {
            let ratio = contrast(colours[mark][i], colours[ground][i]);
            assert!(ratio >= 3.0, "{mark} on {ground}: {ratio:.2}");
        }
    }
}
