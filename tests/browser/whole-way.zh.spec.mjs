// One manuscript's whole way in Chinese, with a real DOCX, from an empty office to the published article.

import { expect, test } from './lib/test.mjs';
import { manuscript } from './lib/documents.mjs';
import { wholeWay } from './lib/way.mjs';
import { words } from './lib/words.mjs';

test.use({ locale: 'zh-CN', actionTimeout: 30_000, start: { clock: true } });
test.setTimeout(240_000);

test('从投稿到发表', async ({ page, open, office }) => {
  const file = await manuscript('docx');
  const authors = file.authors.map((name, i) => ({
    ...(/\p{Script=Han}/u.test(name) ? { native: name, latin: ['Lin Xiaomei', 'Zhao Yongkang'][i] } : { latin: name }),
    email: `author${i + 1}@yunxi.example`,
    affiliation: '云溪大学医学院',
  }));
  await wholeWay({
    page,
    more: open,
    office,
    say: words('zh'),
    language: 'zh',
    step: test.step,
    file,
    cast: {
      chief: { name: '沈若兰', email: 'shen@journal.example', password: 'zhubian de mima 1' },
      editor: { name: '顾怀远', email: 'gu@journal.example', password: 'bianji de mima 2', point: '请按本刊体例修改参考文献。' },
      author: { ...authors[0], password: 'zuozhe de mima 3' },
      reviewers: [
        {
          name: '岑伯良',
          email: 'cen@yanhu.example',
          password: 'shenggao de mima 4',
          review: {
            verdict: 'after-revision',
            assessment: '选题有意义，设计基本合理，统计方法需要补充。',
            suggestions: ['请说明样本量如何估算。', '请补充敏感性分析。'],
          },
        },
        {
          name: '邬晚晴',
          email: 'wu@shiqiao.example',
          password: 'shenggao de mima 5',
          review: { verdict: 'acceptable', assessment: '写得清楚，可以采用。' },
        },
      ],
    },
    paper: {
      language: 'zh',
      title: '高原急性缺氧对情绪与认知影响的随机交叉试验',
      text: {
        title_zh: '高原急性缺氧对情绪与认知影响的随机交叉试验',
        title_en: 'Acute hypoxia, mood and cognition: a randomised crossover trial',
        abstract_zh: '目的 观察急性缺氧对情绪与认知的影响。方法 随机交叉设计，三十六名健康受试者。结果 缺氧时反应变慢。结论 应予注意。',
        abstract_en: 'Objective: To see what acute hypoxia does to mood and cognition. Methods: A randomised crossover trial. Results: Reactions were slower. Conclusion: Care is needed.',
        keywords_zh: '缺氧；情绪；认知',
        keywords_en: 'hypoxia; mood; cognition',
      },
      authors,
      statements: { funding: '无', ethics: '云溪医学伦理委员会批准（批件号 YX-2025-031）', conflicts: '无', data: '数据可向通信作者索取。' },
      trial: { number: 'ChiCTR2500041000', submitted: '2025-01-15', enrolled: '2025-02-10', registry: /^https:\/\/trialsearch\.who\.int\/.*ChiCTR2500041000$/ },
      answers: ['已补充样本量的估算，见方法部分第二段。', '参考文献已按体例修改。'],
      rebuttal: '感谢各位的意见，逐条答复如上。',
    },
  });
  expect(office.end, 'the program runs to the end').toBeFalsy();
});
