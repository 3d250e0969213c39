"""Writes values.json: estimators of src/stats as scipy computes them on fixed data.

Run with Python 3, numpy and scipy 1.17: python3 values.py > values.json
"""

import json

import numpy as np
from scipy import integrate, stats

rng = np.random.default_rng(20240517)
control = np.round(rng.gamma(0.7, 40, 60), 2)
treatment = np.round(rng.gamma(0.7, 52, 75), 2)
before = np.round(0.6 * np.concatenate([control, treatment]) + rng.normal(20, 9, 135), 3)
tied_a = rng.poisson(2.1, 40)
tied_b = rng.poisson(2.9, 50)

welch = stats.ttest_ind(treatment, control, equal_var=False)
interval = welch.confidence_interval(0.95)
u = stats.mannwhitneyu(tied_b, tied_a, alternative="two-sided", method="asymptotic")

# CUPED is a regression of the metric on the centred covariate with one slope and one level per arm.
arm = np.concatenate([np.zeros(60), np.ones(75)])
y = np.concatenate([control, treatment])
design = np.column_stack([np.ones(135), arm, before - before.mean()])
coefficients = np.linalg.lstsq(design, y, rcond=None)[0]


def best(shapes):
    """Probability to be best and expected loss of beta posteriors, by adaptive quadrature over the share."""
    out = []
    for k, (a, b) in enumerate(shapes):
        others = [shape for j, shape in enumerate(shapes) if j != k]
        f = lambda x: stats.beta.pdf(x, a, b) * np.prod([stats.beta.cdf(x, *o) for o in others])
        g = lambda x: stats.beta.cdf(x, a, b) - np.prod([stats.beta.cdf(x, *o) for o in shapes])
        knots = sorted({m + s * w for (p, q) in shapes for m, w in [(p / (p + q), stats.beta.std(p, q))] for s in (-6, -2, 0, 2, 6)})
        knots = [0] + [x for x in knots if 0 < x < 1] + [1]
        total = lambda h: sum(integrate.quad(h, l, r, epsabs=1e-14, epsrel=1e-12, limit=400)[0] for l, r in zip(knots, knots[1:]))
        out.append([total(f), total(g)])
    return out


def difference_cdf(d, c, t):
    f = lambda x: stats.beta.pdf(x, *c) * stats.beta.cdf(x + d, *t)
    return integrate.quad(f, max(0, -d), 1, epsabs=1e-13, epsrel=1e-12, limit=800, points=[c[0] / sum(c)])[0]


def power(effect, sd, n, alpha, sides):
    df, nc = 2 * n - 2, effect / (sd * np.sqrt(2 / n))
    crit = stats.t.ppf(1 - alpha / sides, df)
    return stats.nct.sf(crit, df, nc) + (stats.nct.cdf(-crit, df, nc) if sides == 2 else 0)


def mixture_ratio(effect, se, tau):
    f = lambda theta: stats.norm.pdf(effect, theta, se) * stats.norm.pdf(theta, 0, tau)
    return integrate.quad(f, -12 * (tau + se), 12 * (tau + se), epsabs=0, epsrel=1e-12, points=[effect, 0], limit=400)[0] / stats.norm.pdf(effect, 0, se)


shapes = [[13, 89], [19, 83], [17, 86]]
p_values = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1.0]
print(json.dumps({
    "control": control.tolist(), "treatment": treatment.tolist(), "before": before.tolist(),
    "welch": {"statistic": welch.statistic, "p_value": welch.pvalue, "degrees": welch.df, "lower": interval.low, "upper": interval.high},
    "tied": {"a": tied_a.tolist(), "b": tied_b.tolist(), "u": u.statistic, "p_value": u.pvalue},
    "cuped": {"theta": coefficients[2], "effect": coefficients[1]},
    "best": {"shapes": shapes, "standings": best(shapes)},
    "difference": {"control": [13, 89], "treatment": [19, 83], "at": [-0.05, 0.03, 0.1], "cdf": [difference_cdf(d, (13, 89), (19, 83)) for d in (-0.05, 0.03, 0.1)]},
    "power": [[e, s, n, a, k, power(e, s, n, a, k)] for e, s, n, a, k in [(0.5, 1, 64, 0.05, 2), (0.5, 1, 51, 0.05, 1), (2, 10, 400, 0.01, 2), (0.3, 1.7, 7, 0.1, 2)]],
    "mixture": [[e, s, tau, mixture_ratio(e, s, tau)] for e, s, tau in [(0.02, 0.01, 0.03), (0.004, 0.01, 0.02), (1.7, 0.4, 0.6)]],
    "p_values": p_values, "false_discovery": stats.false_discovery_control(p_values, method="bh").tolist(),
    "goodness": {"counts": [512, 447, 1031], "weights": [0.25, 0.25, 0.5], "chi_squared": stats.chisquare([512, 447, 1031], [497.5, 497.5, 995]).statistic, "p_value": stats.chisquare([512, 447, 1031], [497.5, 497.5, 995]).pvalue},
}, indent=1))
