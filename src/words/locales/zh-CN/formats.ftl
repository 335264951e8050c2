## 为什么没有盲审稿，该怎么办
author-refusal-picture-format = 这种图片（HEIC、AVIF、BMP、EMF、WMF、EPS、Photoshop 等）无法清理。请另存为 PNG、JPEG 或 TIFF；线条图也可存为 SVG。
author-refusal-office-format = 这是电子表格、演示文稿或其他办公软件的文件。稿件请另存为 DOCX、ODT 或 PDF；表格请放进稿件，或存为 PDF 作补充材料。
author-refusal-archive-format = 压缩包只收 LaTeX 论文（.zip 或 .tar.gz）。其他文件请逐个上传。
author-refusal-no-main-file = 压缩包里有 LaTeX 文件，但没有以 \documentclass 开头的主文件。请补上主文件，重新打包上传。
