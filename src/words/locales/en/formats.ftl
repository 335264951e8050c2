## Why there is no blind copy of a file, and what to do
author-refusal-picture-format = Pictures of this kind (HEIC, AVIF, BMP, EMF, WMF, EPS, Photoshop and the like) cannot be cleaned. Please save it as PNG, JPEG or TIFF, or as SVG if it is a drawing.
author-refusal-office-format = This is a spreadsheet, a presentation or a file of another office program. Please save a manuscript as DOCX, ODT or PDF; a table belongs in the manuscript, or in a supplement saved as PDF.
author-refusal-archive-format = We open an archive only if it holds a LaTeX paper, as .zip or .tar.gz. Please send other files one by one.
author-refusal-no-main-file = The archive has LaTeX files, but none that begins a document with \documentclass. Please add the main file and send the archive again.
