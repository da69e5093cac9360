"""scikit-learn on the tables of TableCase.cs, on the same rows: python3 tables.py FOLDER.

Numbers are standardized, missing ones the median with an indicator, categories one-hot, a missing one of its own, as
its own examples have it; the estimators have their defaults, but for early stopping. Prints a Markdown table.
"""
import sys
import warnings

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, RidgeCV
from sklearn.metrics import accuracy_score, mean_squared_error, r2_score, roc_auc_score
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

warnings.filterwarnings("ignore")
FOLDER = sys.argv[1]
ADULT = ["age", "workclass", "fnlwgt", "education", "education_num", "marital_status", "occupation", "relationship",
         "race", "sex", "capital_gain", "capital_loss", "hours_per_week", "country", "income"]
HORSE = [0, 1, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 20, 22, 23, 24, 25, 26, 27]
ORDERS = {"cut": ["Fair", "Good", "Very Good", "Premium", "Ideal"], "color": list("JIHGFED"),
          "clarity": ["I1", "SI2", "SI1", "VS2", "VS1", "VVS2", "VVS1", "IF"]}


def read(file, header=True, names=None):
    table = pd.read_csv(f"{FOLDER}/{file}", header=0 if header else None, names=names, na_values=["?"],
                        skipinitialspace=True)
    table.columns = [str(name) for name in table.columns]
    return table


def adult(file):
    table = read(file, False, ADULT)
    table["income"] = table["income"].str.rstrip(".")
    return table


def horse():
    table = read("horse-colic.csv", False).drop(columns=["2"])
    for column in map(str, HORSE):
        table[column] = table[column].astype(object).where(table[column].isna(), table[column].astype(str))
    return table


def diamonds():
    table = read("diamonds.csv")
    for column, order in ORDERS.items():
        table[column] = table[column].map({text: number for number, text in enumerate(order)})
    return table


def taxis():
    table = read("taxis.csv").drop(columns=["fare", "tip", "tolls", "dropoff"])
    pickup = pd.to_datetime(table.pop("pickup"))
    table["weekday"], table["hour"] = pickup.dt.weekday.astype(str), pickup.dt.hour.astype(str)
    table["days"] = (pickup - pickup.min()).dt.total_seconds() / 86400
    return table


CASES = [
    ("adult", lambda: adult("adult-train.csv"), "income", ">50K"),
    ("titanic", lambda: read("titanic.csv").drop(columns=["alive"]), "survived", 1),
    ("penguins", lambda: read("penguins.csv"), "species", None),
    ("horse-colic", horse, "22", None),
    ("german", lambda: read("german.csv", False), "20", 2),
    ("diamonds", diamonds, "price", "number"),
    ("automobiles", lambda: read("auto_imports.csv", False), "25", "number"),
    ("abalone", lambda: read("abalone.csv", False), "8", "number"),
    ("taxis", taxis, "total", "number"),
]


def encoding(inputs):
    numbers = [c for c in inputs.columns if pd.api.types.is_numeric_dtype(inputs[c]) and inputs[c].dtype != bool]
    others = [c for c in inputs.columns if c not in numbers]
    return ColumnTransformer([
        ("numbers", make_pipeline(SimpleImputer(strategy="median", add_indicator=True), StandardScaler()), numbers),
        ("categories", make_pipeline(SimpleImputer(strategy="constant", fill_value="missing"),
                                     OneHotEncoder(handle_unknown="ignore")), others)], sparse_threshold=0)


print("| table | figure | MLP | gradient boosting | linear |\n| --- | --- | --- | --- | --- |")
for name, load, target, positive in CASES:
    table = load()
    table = table[table[target].notna()].reset_index(drop=True)
    figures = {}
    for seed in range(3):
        if name == "adult":
            train, test = table, adult("adult-test.csv")
        else:
            train, test = table[table.index % 5 != seed], table[table.index % 5 == seed]
        models = (MLPRegressor(random_state=seed, early_stopping=True),
                  HistGradientBoostingRegressor(random_state=seed), RidgeCV()) if positive == "number" else (
            MLPClassifier(random_state=seed, early_stopping=True),
            HistGradientBoostingClassifier(random_state=seed), LogisticRegression(max_iter=1000))
        for place, model in enumerate(models):
            x, y = train.drop(columns=[target]), train[target]
            scale, shift = (y.std(), y.mean()) if positive == "number" else (1, 0)
            for frame in (x, tx := test.drop(columns=[target])):
                for c in frame.columns:
                    if not pd.api.types.is_numeric_dtype(frame[c]) or frame[c].dtype == bool:
                        frame[c] = frame[c].astype(object).where(frame[c].isna(), frame[c].astype(str))
            pipeline = make_pipeline(encoding(x), model).fit(x, (y - shift) / scale if positive == "number" else y)
            if positive == "number":
                predicted = pipeline.predict(tx) * scale + shift
                found = {"r2": r2_score(test[target], predicted),
                         "rmse": mean_squared_error(test[target], predicted) ** 0.5}
            else:
                found = {"accuracy": accuracy_score(test[target], pipeline.predict(tx))}
                if positive is not None:
                    column = list(pipeline.classes_).index(positive)
                    found["roc_auc"] = roc_auc_score(test[target] == positive, pipeline.predict_proba(tx)[:, column])
            for figure, value in found.items():
                figures.setdefault(figure, [[], [], []])[place].append(value)
    for figure, values in figures.items():
        print(f"| {name} | {figure} | " + " | ".join(f"{np.mean(v):.4g}" for v in values) + " |", flush=True)
