"""Writes values.json: special functions and distributions to 17 digits, by mpmath at 60 digits of working precision.

Run with Python 3 and mpmath 1.3: python3 values.py > values.json
"""

import json
import random

from mpmath import erfc, exp, gamma, log, loggamma, mp, mpf, nstr, quad, sqrt

mp.dps = 60
random.seed(5)
rows = []


def put(name, args, value):
    rows.append([name, args, float(nstr(value, 17))])


def span(low, high):
    return float("%.6g" % (10 ** random.uniform(low, high)))


def P(a, x):
    """By the series of positive terms (Abramowitz and Stegun 6.5.29), to the last working digit."""
    a, x = mpf(a), mpf(x)
    term, total, n = mpf(1), mpf(1), 0
    while term > total * mpf(10) ** -mp.dps:
        n += 1
        term *= x / (a + n)
        total += term
    return total * exp(a * log(x) - x - loggamma(a + 1))


def beta_tail(a, b, x):
    """I_x(a, b) by the series of positive terms (Abramowitz and Stegun 26.5.4)."""
    a, b, x = mpf(a), mpf(b), mpf(x)
    term, total, n = mpf(1), mpf(1), 0
    while term > total * mpf(10) ** -mp.dps:
        term *= x * (a + b + n) / (a + 1 + n)
        total += term
        n += 1
    return total * exp(a * log(x) + b * log(1 - x) + loggamma(a + b) - loggamma(a + 1) - loggamma(b))


for x in [1e-8, 0.1, 0.4999, 0.5, 0.9, 0.999999, 1.000001, 1.4616, 1.9999, 2.0001, 2.5, 3, 7.7, 9.99, 10, 33.3, 1e3, 1e6, 1e12]:
    put("gammaln", [x], loggamma(mpf(x)))
for x in [-30, -8, -3, -1, -0.5, -1e-6, 0, 0.1, 0.47, 0.67, 0.7, 1, 1.96, 3, 4.5, 5.6, 5.7, 8, 12, 20, 30, 37]:
    put("normalUpperTail", [x], erfc(mpf(x) / sqrt(mpf(2))) / 2)
for x in [-2, -0.3, 0, 0.2, 1, 3, 10, 25]:
    put("erfc", [x], erfc(mpf(x)))
for p in [1e-300, 1e-50, 1e-16, 1e-8, 0.0001, 0.005, 0.025, 0.05, 0.0749, 0.0751, 0.3, 0.8, 0.924, 0.95, 0.975, 0.999]:
    t = mpf(p)
    low, high = mpf(-40), mpf(40)
    for _ in range(220):
        z = (low + high) / 2
        if erfc(-z / sqrt(mpf(2))) / 2 < t:
            low = z
        else:
            high = z
    put("normalQuantile", [p], z)
mp.dps = 330
for _ in range(40):
    a = span(-2, 5)
    x = float("%.6g" % (a * span(-0.5, 0.4) if a > 3 else span(-4, 1.3)))
    p, q = P(a, x), 1 - P(a, x)
    if p > 1e-280:
        put("gammaincLower", [a, x], p)
    if q > 1e-280:
        put("gammaincUpper", [a, x], q)
mp.dps = 60
for _ in range(40):
    a, b = span(-2, 3.5), span(-2, 3.5)
    x = float("%.6g" % min(0.999, max(1e-9, a / (a + b) * span(-0.4, 0.3)))) if random.random() < 0.6 else float("%.6g" % random.random())
    value = beta_tail(a, b, x)
    if value > 1e-280:
        put("betainc", [a, b, x], value)
for t, v in [(0.1, 1), (1, 1), (12.7, 1), (1e6, 1), (2.5, 2.7), (-2, 5), (5, 30), (1.96, 1000), (40, 12), (3, 123456), (1.645, 3e6), (3, 1e6), (5, 1e6), (2.5, 1e8), (1.96, 1e10), (6, 1e9), (0.3, 1e12)]:
    x = mpf(v) / (mpf(v) + mpf(t) ** 2)
    if v > 1e5:
        c = gamma(mpf(1) / 2)
        k = exp(loggamma((mpf(v) + 1) / 2) - loggamma(mpf(v) / 2)) / sqrt(mpf(v)) / c
        value = quad(lambda s: k * (1 + s * s / v) ** (-(mpf(v) + 1) / 2), [mpf(t), t + 1, t + 3, t + 8, t + 30])
    else:
        value = beta_tail(mpf(v) / 2, mpf(1) / 2, x) / 2
        value = value if t >= 0 else 1 - value
    put("studentUpperTail", [t, v], value)


def nct(t, v, d):
    """P(T <= t) straight from its definition: an integral over the chi distribution."""
    t, v, d = mpf(t), mpf(v), mpf(d)
    k = 2 * exp((v / 2) * log(v / 2) - loggamma(v / 2))
    f = lambda s: k * s ** (v - 1) * exp(-v * s * s / 2) * erfc((d - t * s) / sqrt(mpf(2))) / 2
    w = 1 / sqrt(2 * v)
    return quad(f, [0] + [x for x in [1 - 8 * w, 1 - 4 * w, 1 - 2 * w] if x > 0.05] + [1, 1 + 2 * w, 1 + 4 * w, 1 + 8 * w, 1 + 16 * w, 1 + 40 * w])


mp.dps = 30
for t, v, d in [(2.0, 10, 1.0), (-1.5, 4, 0.7), (12.7062, 1, 3), (1.98, 98, 2.8), (1.9602, 5000, -2.8), (2.7, 3.5, 0), (30, 20, 25)]:
    put("noncentralTLower", [t, v, d], nct(t, v, d))
print("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]")
