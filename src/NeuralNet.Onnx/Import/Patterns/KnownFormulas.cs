using NeuralNet.Activations;

namespace NeuralNet.Onnx.Import.Patterns;

/// <summary>The formulas of activations that exporters write with several operators.</summary>
internal static class KnownFormulas
{
    private static readonly Dictionary<string, IActivation> _known = Make();

    /// <summary>The activation that a formula computes; null if there is none.</summary>
    public static KnownActivation? Find(Formula formula)
    {
        if (_known.TryGetValue(formula.Key, out IActivation? known))
        {
            return new(known);
        }

        if (formula.Scaled("Softplus") is (double outer, double beta) && IsOne(outer * beta) && beta > 0)
        {
            return new(new Softplus(beta));
        }

        if (formula.Scaled("Elu" + Formula.Options(1)) is (double alpha, double inner)
            && IsOne(alpha * inner) && alpha > 0)
        {
            return new(new CELU(alpha));
        }

        // c·x·sigmoid(d·x) is c/d·SiLU(d·x); with d = 1.702 it is known as the quick GELU.
        return formula.TimesVariable("Sigmoid") is (double factor, double slope) && slope != 0
            ? new(new SiLU(), slope, factor / slope)
            : null;
    }

    // max(x, 0) + log(1 + exp(−|x|)).
    private static Formula SoftplusOf(Formula x) =>
        Formula.Function("Max" + Formula.Options(0), x)
        + Formula.Function("Log", Formula.Number(1) + Formula.Function("Exp", -Formula.Function("Abs", x)));

    private static bool IsOne(double value) => Math.Abs(value - 1) < 1e-6;

    private static Dictionary<string, IActivation> Make()
    {
        Formula x = Formula.Variable;
        Formula one = Formula.Number(1);
        Formula half = Formula.Number(0.5);
        Formula three = Formula.Number(3);
        Formula six = Formula.Number(6);
        Formula exp = Formula.Function("Exp", x);
        Formula expOfMinus = Formula.Function("Exp", -x);
        Formula sigmoid = Formula.Function("Sigmoid", x);
        Formula softplus = Formula.Function("Softplus", x);
        Formula logOfOnePlusExp = Formula.Function("Log", one + exp);
        Formula hardSigmoid = Formula.Function("HardSigmoid" + Formula.Options(1.0 / 6, 0.5), x);
        Formula clippedSum = Formula.Function("Clip" + Formula.Options(0, 6), x + three);
        Formula erf = Formula.Function("Erf", x / Formula.Number(double.Sqrt(2)));
        Formula tanhOfCubic = Formula.Function(
            "Tanh", Formula.Number(double.Sqrt(2 / double.Pi)) * (x + (Formula.Number(0.044715) * x * x * x)));

        Formula softplusOfDouble = SoftplusOf(x);
        Formula hardSigmoidOfDouble = Formula.Function("Clip" + Formula.Options(0, 1), (x / six) + half);
        Formula below = Formula.Function("Exp", Formula.Function("Min" + Formula.Options(0), x)) + Formula.Number(-1);
        Formula above = Formula.Function("Max" + Formula.Options(0), x);

        var known = new Dictionary<string, IActivation>(StringComparer.Ordinal);
        Add(new SiLU(), x * sigmoid, x / (one + expOfMinus));
        Add(new Sigmoid(), one / (one + expOfMinus));
        Add(
            new Mish(),
            x * Formula.Function("Tanh", softplus),
            x * Formula.Function("Tanh", logOfOnePlusExp),
            x * Formula.Function("Tanh", softplusOfDouble));
        Add(new Softplus(), logOfOnePlusExp, softplusOfDouble);
        Add(new GELU(), half * x * (one + erf), x * (half + (half * erf)));
        Add(new GELU(tanhApproximation: true), half * x * (one + tanhOfCubic));
        Add(new HardSigmoid(), clippedSum / six, hardSigmoidOfDouble);
        Add(new HardSwish(), x * hardSigmoid, x * clippedSum / six, x * hardSigmoidOfDouble);
        Add(new ELU(), above + below);
        Add(new SELU(), Formula.Number(SeluNumbers.Gamma) * (above + (Formula.Number(SeluNumbers.Alpha) * below)));
        Add(
            new LogSigmoid(),
            -Formula.Function("Softplus", -x),
            Formula.Function("Log", sigmoid),
            -SoftplusOf(-x));
        Add(new LogSoftmax(), Formula.Function("Log", Formula.Function("Softmax", x)));
        Add(new Softsign(), x / (one + Formula.Function("Abs", x)));
        Add(new TanhShrink(), x + -Formula.Function("Tanh", x));
        Add(new SquaredReLU(), Formula.Function("Relu", x) * Formula.Function("Relu", x));
        Add(new ReLU6(), Formula.Function("Min" + Formula.Options(6), Formula.Function("Relu", x)));
        return known;

        void Add(IActivation activation, params Formula[] formulas)
        {
            foreach (Formula formula in formulas)
            {
                known.Add(formula.Key, activation);
            }
        }
    }
}
