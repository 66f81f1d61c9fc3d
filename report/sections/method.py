"""The method: every formula that a figure of this report came from, and where it is from."""

from __future__ import annotations

from markupsafe import Markup

from report.model import Measurement
from report.render.blocks import Bullets, Heading, Section, Terms, bdi
from report.render.html import coded
from report.render.say import Say

REFERENCES = (
    "Agresti, A. (1994). Simple capture–recapture models permitting unequal catchability and"
    " variable sampling effort. Biometrics 50.",
    "Bar-Yossef, Z. & Gurevich, M. (2008). Random sampling from a search engine’s index."
    " J. ACM 55(5).",
    "Benjamini, Y. & Hochberg, Y. (1995). Controlling the false discovery rate."
    " J. R. Stat. Soc. B 57.",
    "Broder, A. (1997). On the resemblance and containment of documents. SEQUENCES ’97.",
    "Cameron, A. C., Gelbach, J. & Miller, D. (2008). Bootstrap-based improvements for inference"
    " with clustered errors. Rev. Econ. Stat. 90.",
    "Chao, A. (1987). Estimating the population size for capture–recapture data with unequal"
    " catchability. Biometrics 43.",
    "Clopper, C. & Pearson, E. (1934). The use of confidence or fiducial limits. Biometrika 26.",
    "DerSimonian, R. & Laird, N. (1986). Meta-analysis in clinical trials."
    " Control. Clin. Trials 7.",
    "Korn, E. & Graubard, B. (1998). Confidence intervals for proportions with small expected"
    " number of positive counts estimated from survey data. Surv. Methodol. 24.",
    "Rivest, L.-P. & Baillargeon, S. (2007). Applications and extensions of Chao’s moment"
    " estimator. Biometrics 63.",
    "Roberts, D. & Solow, A. (2003). Flightless birds: when did the dodo become extinct?"
    " Nature 426.",
    "Zou, G. & Donner, A. (2008). Construction of confidence limits about effect measures:"
    " a general approach. Stat. Med. 27.",
)


def section(m: Measurement, say: Say) -> Section:
    """Return the method."""
    return Section(
        "method",
        say("Method", "方法"),
        (
            Terms(tuple((say(en, zh), _body(f, en_, zh_, say)) for en, zh, f, en_, zh_ in PARTS)),
            Heading(say("References", "参考文献")),
            Bullets(tuple(bdi(reference, "en") for reference in REFERENCES)),
        ),
        say("Method", "方法"),
    )


def _body(formula: str, en: str, zh: str, say: Say) -> Markup:
    words = coded(say(en, zh))
    if not formula:
        return words
    code = Markup("<code class=formula>{}</code>").format(formula)
    return Markup("{}<br>{}").format(code, words)


PARTS = (
    (
        "Works",
        "作品",
        "",
        "Pages are clustered by MinHash over four letters in a row (Broder 1997); a work is a"
        " cluster, and its first page is the one with the earliest date.",
        "以连续四字片段的MinHash（Broder 1997）归并页面；一个簇为一件作品，日期最早的为首发页面。",
    ),
    (
        "How many there are, from an audit (B1)",
        "由核查估计总量（B1）",
        "N = D · μ / c,  c = (m + ½)/(n + 1) | Σwx / Σw,  μ = Σ(1/cᵢ) / j",
        "D clusters found by all routes; n works drawn independently, m of them already in the"
        " corpus (x = 1, else 0; the second form of c is for draws of unequal chances); w is one"
        " over the chance of a draw, divided by the rows of the frame that are known to be the"
        " same work; cᵢ is how many clusters the i-th of j hand-judged works lies in. The"
        " limits of c are ± 1.96 standard errors of its logarithm or Clopper and Pearson’s,"
        " whichever is further; those of log₂(N_zh/N_en) join them with the error of μ, each side"
        " by the root of its sum of squares (Zou & Donner 2008). Weighted draws count as (Σw)²/Σw²"
        " equal ones; where that is too few, or too small a share of them, nothing is estimated.",
        "D为各途径找到的簇数；独立抽取n件作品，其中m件已在语料中（x=1，否则为0；"
        "各行被抽概率不等时用c的第二式）；w为抽取概率之倒数，再除以抽样框中已知属于同一作品的行数；cᵢ为人工判读的j件作品中第i件所在的簇数。"
        "c的界限取其对数±1.96个标准误与Clopper–Pearson界限中较远者；log₂(N_zh/N_en)的界限再计入μ的误差，"
        "两侧各取平方和之根（Zou与Donner 2008）。"
        "加权抽取相当于(Σw)²/Σw²次等权抽取；次数太少或占比太小时不作估计。",
    ),
    (
        "Weights of an audit by a search service",
        "由搜索服务核查时的权重",
        "w = 1/π,  π = 1 − (1 − f)^d ≈ n·d/M,  f = n/M",
        "A service that found no page of this corpus is asked a pool of queries. Each of the M"
        " pairs of a query and a page that it finds is drawn with the same chance f, so a page that"
        " d queries find is drawn with chance π (Bar-Yossef & Gurevich 2008; d is counted here, for"
        " the whole pool is asked). Queries whose answer is cut off are left out.",
        "向未曾用于发现页面的搜索服务提出一组查询。查询与其所得页面共M对，每对以同样概率f抽取，"
        "被d个查询找到的页面被抽中的概率即为π（Bar-Yossef与Gurevich 2008；"
        "这里整组查询都已提出，d为实际计数）。结果被截断的查询不计。",
    ),
    (
        "Without an audit (B2, B3)",
        "没有核查时（B2、B3）",
        "log₂(zh/en) ∈ ∪ₖ CIₖ,  k = Chao 2, Chao Mth, LL, LL + Γ, LC;"
        "  ln(N₁/N₂) ≥ ln N₁(Mth) − t·SE − max[ln N₂(k) + t·SE(k)]",
        "The union of the intervals of five models of which routes found which works (LL"
        " log-linear, LC two latent classes, Agresti 1994), resampled by site, each ± t standard"
        " errors with the smaller number of sites less one; no point is given. Both are moved by"
        " the split correction, and made wider by its own error. The lower bound"
        " is the lower limit of the smallest model for one language against the highest upper"
        " limit for the other, and is not given where an audit finds less. Each capture–recapture"
        " point estimate failed on some simulated web, so none is printed as an answer.",
        "就“哪些途径找到了哪些作品”拟合五种模型（LL为对数线性，"
        "LC为二类潜在类别，Agresti 1994），"
        "按网站重抽样，各取±t个标准误（自由度为较小的网站数减一），取各区间之并集，不给出点估计。"
        "二者均按误拆校正平移，并计入其误差。"
        "下限为一种语言最保守模型的下限对另一语言各模型最高的上限；核查所得更小时不给出。"
        "任一捕获—再捕获点估计都在某种模拟网络上失败，因此都不作为结论。",
    ),
    (
        "Shares (B5)",
        "占比之差（B5）",
        "d = log₂[((K_zh + ½)/(n_zh + 1)) / ((K_en + ½)/(n_en + 1))]",
        "The standard error is the larger of the delete-one-site jackknife’s and Wald’s; t with the"
        " smaller effective number of sites less one; Benjamini–Hochberg at 10 %. Also at equal"
        " lengths: shares within deciles of length; a row stands out only where it does both ways."
        " With fewer than 5 works or 8 effective sites in a language there are counts only."
        " Shrunken (empirical Bayes; DerSimonian & Laird 1986) values order the rows and are not"
        " printed.",
        "标准误取逐站删除刀切法与Wald法之较大者；t分布自由度为较小的有效网站数减一；"
        "Benjamini–Hochberg法，错误发现率10%。另按篇幅十分位标准化，两种算法均显著者才作标记。任一语言少于5件作品"
        "或少于8个有效网站时只列数目。经验贝叶斯收缩值（DerSimonian与Laird 1986）"
        "只用于排序，不予刊出。",
    ),
    (
        "First appearance and lag (B7)",
        "首次出现与时滞（B7）",
        "T = t₁ − (t_k − t₁)/(S − 1),  S = (−ln .01 / k)^(−v),  k = 10",
        "Optimal linear estimation on the ten earliest dates (Roberts & Solow 2003) gives the"
        " limit of the first appearance, nominally of 99 %: simulated, the first lay before it"
        " more often, the more slowly works began. Works of the same day, month or year are spread"
        " evenly over it. An end is open where the limit lies before the time that could be seen,"
        " where the earliest work lies at its edge, or where the ten earliest bear the same date.",
        "以最早的十个日期作最优线性估计（Roberts与Solow 2003），得首次出现的界限，名义上为99%："
        "模拟中，作品起步越慢，首件早于该界限的情形越多。同一天、一月或一年的作品在其间均匀排列。"
        "若该界限早于可见时段、最早作品恰在时段边缘，或最早的十件日期相同，则该端不定。",
    ),
    (
        "Explained works (B6)",
        "作了解释的作品（B6）",
        "p = a·PPV + (1 − a)·FOR",
        "a is the share that the rule flags; PPV and FOR are the shares that really explain among"
        " what is flagged and among the rest, by passages drawn from each and judged by hand, half"
        " a success added to each. Limits are Clopper and Pearson’s of both, added up. A concept is"
        " corrected by its language’s PPV and FOR, though the rule may judge it better or worse.",
        "a为规则标出的比例；PPV和FOR分别为标出者与其余者中确实作了解释的比例，由各自抽取的段落人工判读得出，"
        "各加半个成功数。界限取两者的Clopper–Pearson界限之和。各概念按该语言的PPV和FOR校正，"
        "而规则对个别概念可能更准或更不准。",
    ),
    (
        "Words around a concept (B8)",
        "概念前后的用词（B8）",
        "T = Σ (p − q)²/m / (8 ln 2),  m = (p + q)/2",
        "p and q are the shares of words near the concept in either language. From T its mean is"
        " taken when every site’s residual gets a sign by chance (wild bootstrap; Cameron et al."
        " 2008). A single word has its log ratio with an interval by leaving out each site. Nothing"
        " is claimed before the word list’s recall is measured in both languages.",
        "p与q为两种语言中概念附近各词的占比。T减去随机改变各网站残差符号时的均值（野自助法，"
        "Cameron等2008）。单个词给出对数比，区间由逐站删除得出。词表在两种语言中的查全率测量之前，不作结论。",
    ),
    (
        "Shares with a counterpart",
        "有对应作品的比例",
        "n* = n / max(1, V_J·n / (s(1 − s))) · (t(n − 1) / t(G − 1))²",
        "Clopper and Pearson’s limits of the share s at n*, the number of works that so many"
        " independent ones would be (Korn & Graubard 1998): V_J is the variance when each site is"
        " left out in turn, t the 97.5 % quantile, G the effective number of sites. Where s is"
        " none or all, n* is G; with fewer than 4 effective sites there are no limits.",
        "比例s的Clopper–Pearson界限，按等效独立作品数n*计算（Korn与Graubard 1998）："
        "V_J为逐站删除刀切法的方差，t为97.5%分位数，G为有效网站数。s为零或全部时n*取G；有效网站少于4个时不给界限。",
    ),
    (
        "Split rate",
        "误拆率",
        "",
        "Works drawn at random are shown beside those most like them (`duizhao label works`), until"
        " three in a row are other works; those with a neighbour speak for the ones that nobody was"
        " sure of. The interval is Clopper and Pearson’s, at the number of works that has the same"
        " variance. Draw and answers are plain files.",
        "随机抽取作品，与最相近者逐一并列供人判读（`duizhao label works`），"
        "直到连续三件均非同一作品；"
        "无法确定者，由其他有相近作品者代表。区间用Clopper–Pearson法，按方差相等的作品数计算。"
        "抽样与答案均为纯文本文件。",
    ),
)
