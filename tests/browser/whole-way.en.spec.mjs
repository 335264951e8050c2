// One manuscript's whole way in English, with a real PDF, from an empty office to the published article.

import { expect, test } from './lib/test.mjs';
import { manuscript } from './lib/documents.mjs';
import { wholeWay } from './lib/way.mjs';
import { words } from './lib/words.mjs';

test.use({ locale: 'en-GB', actionTimeout: 30_000, start: { clock: true } });
test.setTimeout(240_000);

test('from submission to publication', async ({ page, open, office }) => {
  const file = await manuscript('pdf');
  const authors = file.authors.map((latin, i) => ({ latin, email: `author${i + 1}@rivermouth.example`, affiliation: 'University of Rivermouth' }));
  await wholeWay({
    page,
    more: open,
    office,
    say: words('en'),
    language: 'en',
    step: test.step,
    file,
    cast: {
      chief: { name: 'Marta Halvorsen', email: 'halvorsen@journal.example', password: 'chief of the office 1' },
      editor: { name: 'Tomas Kellerby', email: 'kellerby@journal.example', password: 'editor of the office 2', point: 'Set the references in the journal’s style.' },
      author: { ...authors[0], password: 'author of the paper 3' },
      reviewers: [
        {
          name: 'Petra Lindqvist',
          email: 'lindqvist@norrbacka.example',
          password: 'reads carefully 4',
          review: {
            verdict: 'after-revision',
            assessment: 'The question matters and the design is sound; the statistics need more.',
            suggestions: ['Say how the sample size was chosen.', 'Add a sensitivity analysis.'],
          },
        },
        {
          name: 'Oluwaseun Adebimpe',
          email: 'adebimpe@lagoon.example',
          password: 'reads carefully 5',
          review: { verdict: 'acceptable', assessment: 'Clear and careful; print it.' },
        },
      ],
    },
    paper: {
      language: 'en',
      title: 'Finding complex names in text: a randomised comparison of readers',
      text: {
        title_en: 'Finding complex names in text: a randomised comparison of readers',
        abstract_en: 'Objective: To compare two ways of finding names. Methods: Readers were allocated at random. Results: The second way was quicker. Conclusion: It can be recommended.',
        keywords_en: 'names; reading; randomised comparison',
      },
      authors,
      statements: { funding: 'none', ethics: 'Approved by the Rivermouth ethics board (REB 2024-031)', conflicts: 'none', data: 'From the corresponding author.' },
      trial: { number: 'NCT06312345', submitted: '2024-03-01', enrolled: '2024-05-02', registry: /^https:\/\/(www\.)?clinicaltrials\.gov\// },
      answers: ['The sample size is explained in the second paragraph of Methods.', 'The references follow the style.'],
      rebuttal: 'We thank the editors and the reviewers; every point is answered above.',
    },
  });
  expect(office.end, 'the program runs to the end').toBeFalsy();
});
