"""Reference values for PreprocessingParityTests.

To regenerate: /usr/bin/python3 preprocessing.py writes preprocessing.json beside itself.
Written with scikit-learn 1.2.1 and numpy 1.24.2. All in float64; samples are rows here and columns there.
"""
import json
import os

import numpy as np
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, StandardScaler
from sklearn.utils.class_weight import compute_class_weight

random = np.random.RandomState(1)
samples = np.column_stack([
    random.randn(20),
    1e6 + random.rand(20),            # a large offset
    random.rand(20) * 1e-9,           # a small unit
    np.full(20, 0.1),                 # a constant
    0.1 * np.arange(20) + 0.3 - 0.1 * np.arange(20),      # a constant but for rounding
    random.randint(0, 5, 20),
])
others = samples[:7] * 1.5 - 0.25
standard = StandardScaler().fit(samples)
scalings = []
for lower, upper in [(0, 1), (-1, 1), (2, 5)]:
    scaler = MinMaxScaler((lower, upper)).fit(samples[:, [0, 1, 2, 3, 5]])
    scalings.append({
        "lower": lower, "upper": upper,
        "transformed": scaler.transform(others[:, [0, 1, 2, 3, 5]]).ravel().tolist(),
    })
categories = random.randint(0, 4, (12, 3)).astype(float) * [1, 10, -1]
unknown = categories.copy()
unknown[2, 1] = 99
encoder = OneHotEncoder(handle_unknown="ignore").fit(categories)
holes = samples[:, [0, 1, 5]].copy()
holes[random.rand(*holes.shape) < 0.3] = np.nan
labels = random.choice(4, 60, p=[0.5, 0.25, 0.15, 0.1])
result = {
    "features": samples.shape[1],
    "samples": samples.ravel().tolist(),
    "others": others.ravel().tolist(),
    "means": standard.mean_.tolist(),
    "deviations": standard.scale_.tolist(),
    "standardized": standard.transform(others).ravel().tolist(),
    "scalings": scalings,
    "categories": unknown.ravel().tolist(),
    "fitted": categories.ravel().tolist(),
    "encoded": encoder.transform(unknown).toarray().ravel().tolist(),
    "known": [c.tolist() for c in encoder.categories_],
    "holes": holes.ravel().tolist(),
    "imputedMeans": SimpleImputer(strategy="mean").fit(holes).statistics_.tolist(),
    "imputedMedians": SimpleImputer(strategy="median").fit(holes).statistics_.tolist(),
    "labels": labels.tolist(),
    "balanced": compute_class_weight("balanced", classes=np.arange(4), y=labels).tolist(),
}


def named(value):
    if isinstance(value, dict):
        return {key: named(item) for key, item in value.items()}
    if isinstance(value, list):
        return [named(item) for item in value]
    return "NaN" if isinstance(value, float) and np.isnan(value) else value


with open(os.path.splitext(os.path.abspath(__file__))[0] + ".json", "w") as file:
    json.dump(named(result), file)
