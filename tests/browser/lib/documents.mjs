// Manuscripts to submit: real ones from ../shared/corpus beside the repository where that is, otherwise made here.

import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const corpus = fileURLToPath(new URL('../../../../shared/corpus/', import.meta.url));
const made = fileURLToPath(new URL('../out/documents/', import.meta.url));
const REAL = { docx: 'docx/medical-manuscript.docx', pdf: 'pdf/P07-1088.pdf' };

/** `{ path, name, authors, real }` of a manuscript, `kind` 'docx' or 'pdf'; says so when it had to be made. */
export async function manuscript(kind) {
  const path = join(corpus, REAL[kind]);
  if (await exists(path)) return { path, name: basename(path), authors: await trueAuthors(path), real: true };
  console.log(`no ${REAL[kind]} in ../shared/corpus: this test uses a generated ${kind.toUpperCase()}`);
  return generatedManuscript(kind);
}

/** A small manuscript made here, with its authors in the text and in the metadata. */
export async function generatedManuscript(kind) {
  const authors = kind === 'docx' ? ['林晓梅', '赵永康'] : ['Ellen Marbury', 'Tobias Quell'];
  const bytes = kind === 'docx' ? docx(walking(authors), authors) : pdf(sleep(authors), authors);
  return { ...(await kept(`generated.${kind}`, bytes)), authors, real: false };
}

/** A small paper of `kind` 'docx', 'pdf' or 'zip' (LaTeX), with an author's name and these sentences in its text. */
export async function paperOf(kind, name, author, sentences) {
  const title = 'Walking and the sleep of older people';
  const bytes = {
    docx: () => docx([['Title', title], ['', author], ['Heading1', 'Abstract'], ...sentences.map((line) => ['', line])], [author]),
    pdf: () => pdf([[[18, title], [11, author], [13, 'Abstract'], ...sentences.map((line) => [11, line])]], [author]),
    zip: () => zip({ 'paper/main.tex': latex(title, author, sentences), 'paper/main.log': `${author}\n` }),
  }[kind]();
  return { ...(await kept(`${name}.${kind}`, bytes)), authors: [author] };
}

async function kept(name, bytes) {
  const path = join(made, `${process.pid}-${name}`);
  await mkdir(made, { recursive: true });
  await writeFile(path, bytes);
  return { path, name: basename(path) };
}

const latex = (title, author, sentences) =>
  `\\documentclass{article}\n\\title{${title}}\n\\author{${author}}\n\\begin{document}\n\\maketitle\n` +
  `\\begin{abstract}\n${sentences.join('\n\n')}\n\\end{abstract}\n\\end{document}\n`;

const exists = (path) => access(path).then(() => true, () => false);

async function trueAuthors(path) {
  const lines = (await readFile(join(dirname(path), 'truth.tsv'), 'utf8')).split('\n');
  const line = lines.find((line) => line.startsWith(`${basename(path)}\t`));
  return line ? line.split('\t')[1].trim().split('|') : [];
}

// ------------------------------------------------------------ DOCX

const walking = (authors) => [
  ['Title', '社区老年人步行训练与睡眠质量的关系'],
  ['', `${authors.join('，')}（云溪大学公共卫生学院，云溪 000000）`],
  ['', '通信作者：林晓梅，电子信箱：lin.xiaomei@example.org'],
  ['Heading1', '摘要'],
  ['', '目的：观察十二周步行训练对社区老年人睡眠质量的影响。方法：将一百二十名受试者随机分为两组。结果：训练组的睡眠质量评分改善更多。'],
  ['Heading1', '1 方法'],
  ['', '受试者每周步行五次，每次四十分钟。睡眠质量在第零周、第六周与第十二周由不知分组的人员评定。'],
  ['table', [['组别', '人数', '改善（分）'], ['训练', '60', '3.1'], ['对照', '60', '1.2']]],
  ['Heading1', '2 结果'],
  ['', '两组基线相近。第十二周时训练组平均改善3.1分，对照组1.2分。'],
  ['Heading1', '致谢'],
  ['', '感谢赵永康团队与云溪大学公共卫生学院的支持。'],
];

function docx(blocks, authors) {
  const text = (value) => value.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  const paragraph = (style, value) =>
    `<w:p>${style && `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}<w:r><w:t xml:space="preserve">${text(value)}</w:t></w:r></w:p>`;
  const table = (rows) =>
    `<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>${'<w:gridCol w:w="2400"/>'.repeat(rows[0].length)}</w:tblGrid>` +
    rows.map((row) => `<w:tr>${row.map((cell) => `<w:tc>${paragraph('', cell)}</w:tc>`).join('')}</w:tr>`).join('') +
    '</w:tbl>';
  const body = blocks.map(([style, value]) => (style === 'table' ? table(value) : paragraph(style, value))).join('');

  const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006';
  const pack = 'http://schemas.openxmlformats.org/package/2006';
  const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
  const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
  const style = (id, name, size) =>
    `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:rPr><w:b/><w:sz w:val="${size}"/></w:rPr></w:style>`;
  const bytes = zip({
    '[Content_Types].xml':
      `${xml}<Types xmlns="${pack}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
      `<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${wordType}.document.main+xml"/>` +
      `<Override PartName="/word/styles.xml" ContentType="${wordType}.styles+xml"/>` +
      '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
    '_rels/.rels':
      `${xml}<Relationships xmlns="${pack}/relationships"><Relationship Id="rId1" Type="${office}/relationships/officeDocument" Target="word/document.xml"/>` +
      `<Relationship Id="rId2" Type="${pack}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
    'docProps/core.xml':
      `${xml}<cp:coreProperties xmlns:cp="${pack}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">` +
      `<dc:title>${text(blocks[0][1])}</dc:title><dc:creator>${authors[0]}</dc:creator><cp:lastModifiedBy>${authors.at(-1)}</cp:lastModifiedBy></cp:coreProperties>`,
    'word/_rels/document.xml.rels':
      `${xml}<Relationships xmlns="${pack}/relationships"><Relationship Id="rId1" Type="${office}/relationships/styles" Target="styles.xml"/></Relationships>`,
    'word/styles.xml': `${xml}<w:styles xmlns:w="${word}">${style('Title', 'Title', 36)}${style('Heading1', 'heading 1', 28)}</w:styles>`,
    'word/document.xml': `${xml}<w:document xmlns:w="${word}"><w:body>${body}<w:sectPr/></w:body></w:document>`,
  });
  return bytes;
}

// A zip archive with its members stored, not compressed.
function zip(members) {
  const locals = [];
  const directory = [];
  let offset = 0;
  for (const [name, content] of Object.entries(members)) {
    const file = Buffer.from(name);
    const data = Buffer.from(content);
    const common = Buffer.alloc(26); // from “version needed” to “extra length”; date 1980-01-01
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2); // names are UTF-8
    common.writeUInt16LE(0x0021, 8);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(file.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, file, data]);
    const rest = Buffer.alloc(14); // comment length, disk, attributes, offset
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, rest, file]));
    locals.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(directory.length, 4);
  end.writeUInt16LE(directory.length, 6);
  end.writeUInt32LE(Buffer.concat(directory).length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, ...directory, Buffer.from('PK\x05\x06', 'latin1'), end]);
}

function crc32(data) {
  let crc = 0xffffffff;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

// ------------------------------------------------------------ PDF

const sleep = (authors) => [
  [
    [18, 'Walking and the sleep of older people: a randomised trial'],
    [11, `${authors.join(', ')}`],
    [10, 'School of Public Health, University of Rivermouth. E-mail: e.marbury@example.org'],
    [13, 'Abstract'],
    [11, 'We asked whether twelve weeks of walking improve the sleep of people over sixty-five.'],
    [11, 'One hundred and twenty people took part. The walking group slept better.'],
    [13, '1 Methods'],
    [11, 'Participants walked forty minutes on five days a week. Raters did not know the groups.'],
  ],
  [
    [13, '2 Results'],
    [11, 'After twelve weeks the score improved by 3.1 points in one group and by 1.2 in the other.'],
    [13, 'Acknowledgements'],
    [11, 'We thank the University of Rivermouth. Tobias Quell was supported by its sleep fund.'],
  ],
];

function pdf(pages, authors) {
  const string = (value) => `(${value.replace(/[\\()]/g, '\\$&')})`;
  const stream = (lines) => {
    let top = 780;
    const content = lines.map(([size, line]) => `BT /F1 ${size} Tf 60 ${(top -= size * 2)} Td ${string(line)} Tj ET`).join('\n');
    return `<< /Length ${content.length} >>\nstream\n${content}\nendstream`;
  };
  const kids = pages.map((_, index) => 5 + 2 * index);
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] /Count ${kids.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    `<< /Title ${string(pages[0][0][1])} /Author ${string(authors.join(', '))} /Creator (Bauta browser tests) >>`,
    ...pages.flatMap((lines, index) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${kids[index] + 1} 0 R >>`,
      stream(lines),
    ]),
  ];
  let file = '%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  file += offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info 4 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}
