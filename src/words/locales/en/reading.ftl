### Words around a blind file that is read in the page: for authors, reviewers and editors.

reading-removed = removed
reading-page = Page { $number } of { $of }
reading-page-text = Page { $number } as text
reading-table = Table
reading-picture = Picture { $number }
reading-picture-closed = Picture { $number } is of a kind that browsers do not show. It is in the file that can be downloaded.
reading-closed = This file cannot be shown in the page. Please download it.
