//! Reading with hayro: pages as pictures and as text.

use super::fallback;
use crate::model::{Page, Refusal};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::util::TransformExt;
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask,
};

/// Opens a PDF for reading.
pub(crate) fn open(bytes: &[u8]) -> Result<Pdf, Refusal> {
    Pdf::new(bytes.to_vec()).map_err(|e| match e {
        LoadPdfError::Decryption(_) => Refusal::Encrypted,
        LoadPdfError::Invalid => Refusal::Broken,
    })
}

/// The widest picture of a page that is made.
const WIDEST: u32 = 4000;

/// Renders a page.
pub(crate) fn render(bytes: &[u8], index: usize, width: u32) -> Result<Page, Refusal> {
    let pdf = open(bytes)?;
    let page = pdf.pages().get(index).ok_or(Refusal::Broken)?;
    let (w, h) = page.render_dimensions();
    if !(w.is_finite() && h.is_finite() && w > 0.0 && h > 0.0) {
        return Err(Refusal::Broken);
    }
    #[allow(clippy::cast_precision_loss)]
    let scale = (width.clamp(16, WIDEST) as f32 / w).min(16_000.0 / h);
    let settings = PixmapSettings {
        x_scale: scale,
        y_scale: scale,
        bg_color: WHITE,
    };
    let pixmap = hayro::render(
        page,
        &RenderCache::new(),
        &fallback::settings(),
        &RenderSettings::default(),
        &settings,
    );
    let (width, height) = (u32::from(pixmap.width()), u32::from(pixmap.height()));
    Ok(Page {
        width,
        height,
        png: encode(pixmap.data_as_u8_slice(), width, height)?,
    })
}

/// The page stands on white, so its colours are opaque.
fn encode(rgba: &[u8], width: u32, height: u32) -> Result<Vec<u8>, Refusal> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    let rgb: Vec<u8> = rgba.chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]).collect();
    let mut writer = encoder.write_header().map_err(|_| Refusal::Broken)?;
    writer.write_image_data(&rgb).map_err(|_| Refusal::Broken)?;
    writer.finish().map_err(|_| Refusal::Broken)?;
    Ok(out)
}

/// A glyph as the page shows it.
pub(crate) struct Seen {
    text: String,
    pub at: Point,
    size: f64,
    /// How far to the next, when the font says.
    width: f64,
}

/// Notes glyphs and draws nothing.
#[derive(Default)]
struct Listener {
    seen: Vec<Seen>,
}

impl<'a> Device<'a> for Listener {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        for glyph in run.glyphs() {
            let text = glyph.as_unicode().map(|u| match u {
                BfString::Char(c) => c.to_string(),
                BfString::String(s) => s,
            });
            let place = props.transform * glyph.transform();
            let c = place.as_coeffs();
            let advance = match &**glyph {
                Glyph::Outline(g) => g.advance_width(),
                Glyph::Type3(g) => g.advance_width(),
            };
            let unit = c[2].hypot(c[3]);
            // Outlines are scaled to a thousand to the em, Type 3 letters have a scale of their own.
            let size = if matches!(&**glyph, Glyph::Outline(_)) {
                unit * 1000.0
            } else {
                unit
            };
            self.seen.push(Seen {
                text: text.unwrap_or_default(),
                at: Point::new(c[4], c[5]),
                size,
                width: f64::from(advance.unwrap_or(500.0)) * c[0].hypot(c[1]),
            });
        }
    }
}

/// The glyphs of pages in the order drawn. Fonts are read once for all pages.
pub(crate) struct Reader<'p> {
    pdf: &'p Pdf,
    cache: InterpreterCache<'p>,
    settings: InterpreterSettings,
}

impl<'p> Reader<'p> {
    pub fn new(pdf: &'p Pdf) -> Self {
        Reader {
            pdf,
            cache: InterpreterCache::new(),
            settings: InterpreterSettings::default(),
        }
    }

    pub fn listen(&self, index: usize) -> Option<Vec<Seen>> {
        let page = self.pdf.pages().get(index)?;
        let (w, h) = page.render_dimensions();
        let transform: Affine = page.initial_transform(true).to_kurbo();
        let mut context = Context::new(
            transform,
            Rect::new(0.0, 0.0, f64::from(w), f64::from(h)),
            &self.cache,
            page.xref(),
            self.settings.clone(),
        );
        let mut listener = Listener::default();
        hayro_interpret::interpret_page(page, &mut context, &mut listener);
        Some(listener.seen)
    }
}

/// Joins glyphs into lines by how far they stand apart.
pub(crate) fn words<'s>(seen: impl Iterator<Item = &'s Seen>) -> String {
    let mut out = String::new();
    let mut last: Option<&Seen> = None;
    for glyph in seen {
        if let Some(before) = last {
            let size = before.size.max(glyph.size).max(0.1);
            let (dx, dy) = (glyph.at.x - before.at.x, (glyph.at.y - before.at.y).abs());
            if dy > size * 0.75 || dx < -size * 1.2 || dx > size * 4.0 {
                out.push('\n');
            } else if dx - before.width > size * 0.16 && !out.ends_with(' ') {
                out.push(' ');
            }
        }
        out.push_str(&glyph.text);
        last = Some(glyph);
    }
    out
}

/// The text of a page.
pub(crate) fn text(bytes: &[u8], index: usize) -> Result<String, Refusal> {
    let pdf = open(bytes)?;
    let seen = Reader::new(&pdf).listen(index);
    Ok(words(seen.ok_or(Refusal::Broken)?.iter()))
}

/// The text of at most so many pages, page by page.
pub(crate) fn texts(bytes: &[u8], most: usize) -> Result<Vec<String>, Refusal> {
    let pdf = open(bytes)?;
    let reader = Reader::new(&pdf);
    let count = pdf.pages().len().min(most);
    Ok((0..count)
        .map(|index| words(reader.listen(index).unwrap_or_default().iter()))
        .collect())
}

/// The text of all pages.
pub(crate) fn all_text(bytes: &[u8]) -> Result<String, Refusal> {
    let mut out = String::new();
    for page in texts(bytes, usize::MAX)? {
        out.push_str(&page);
        out.push_str("\n\n");
    }
    Ok(out)
}
