namespace NeuralNet.CodeGeneration;

/// <summary>The texts of the methods for recurrent layers, and the methods that each needs.</summary>
internal static class RecurrentMethods
{
    public static IReadOnlyDictionary<string, (string Text, string[] Needs)> Texts { get; } =
        new Dictionary<string, (string Text, string[] Needs)>
        {
            ["Lstm"] = (
                """
                /// <summary>
                /// Reads a sequence step by step. The memory is for the gates i, f, g and o, for h and for c, each as
                /// long as a step of the result; the state is that of h and c before the first step.
                /// </summary>
                private static void Lstm(
                    ReadOnlySpan<$T> input,
                    ReadOnlySpan<$T> weights,
                    ReadOnlySpan<$T> recurrentWeights,
                    ReadOnlySpan<$T> biases,
                    ReadOnlySpan<$T> state,
                    Span<$T> result,
                    Span<$T> memory,
                    int features,
                    int steps,
                    bool isReversed)
                {
                    int units = biases.Length / 4;
                    Span<$T> z = memory.Slice(0, 4 * units);
                    Span<$T> h = memory.Slice(4 * units, units);
                    Span<$T> c = memory.Slice(5 * units, units);
                    state.CopyTo(memory.Slice(4 * units));
                    for (int k = 0; k < steps; k++)
                    {
                        int t = isReversed ? steps - 1 - k : k;
                        biases.CopyTo(z);
                        AddProduct(weights, input.Slice(t * features, features), z);
                        AddProduct(recurrentWeights, h, z);
                        for (int j = 0; j < units; j++)
                        {
                            double keep = Logistic(z[units + j]) * c[j];
                            double add = Logistic(z[j]) * Math.Tanh(z[(2 * units) + j]);
                            c[j] = ($T)(keep + add);
                            h[j] = ($T)(Logistic(z[(3 * units) + j]) * Math.Tanh(c[j]));
                        }

                        WriteStep(h, result, t);
                    }
                }
                """, ["AddProduct", "Logistic", "WriteStep"]),
            ["Gru"] = (
                """
                /// <summary>
                /// Reads a sequence step by step. The memory is for W*x + b and U*h + c, each with the gates r, u
                /// and n, and for h; the state is that of h before the first step.
                /// </summary>
                private static void Gru(
                    ReadOnlySpan<$T> input,
                    ReadOnlySpan<$T> weights,
                    ReadOnlySpan<$T> recurrentWeights,
                    ReadOnlySpan<$T> biases,
                    ReadOnlySpan<$T> recurrentBiases,
                    ReadOnlySpan<$T> state,
                    Span<$T> result,
                    Span<$T> memory,
                    int features,
                    int steps,
                    bool isReversed,
                    bool resetsAfter)
                {
                    int units = biases.Length / 3;
                    Span<$T> x = memory.Slice(0, 3 * units);
                    Span<$T> z = memory.Slice(3 * units, 3 * units);
                    Span<$T> h = memory.Slice(6 * units, units);
                    state.CopyTo(h);
                    for (int k = 0; k < steps; k++)
                    {
                        int t = isReversed ? steps - 1 - k : k;
                        biases.CopyTo(x);
                        AddProduct(weights, input.Slice(t * features, features), x);
                        recurrentBiases.CopyTo(z);
                        AddProduct(recurrentWeights, h, z);
                        for (int j = 0; j < units; j++)
                        {
                            x[j] = ($T)Logistic(x[j] + z[j]);
                            x[units + j] = ($T)Logistic(x[units + j] + z[units + j]);
                        }

                        if (!resetsAfter)
                        {
                            // n multiplies r*h instead of h.
                            for (int j = 0; j < units; j++)
                            {
                                z[j] = x[j] * h[j];
                                x[j] = 1;
                            }

                            Span<$T> n = z.Slice(2 * units);
                            recurrentBiases.Slice(2 * units).CopyTo(n);
                            for (int i = 0; i < units; i++)
                            {
                                ReadOnlySpan<$T> column = recurrentWeights.Slice(((3 * i) + 2) * units, units);
                                for (int j = 0; j < units; j++)
                                {
                                    n[j] += column[j] * z[i];
                                }
                            }
                        }

                        for (int j = 0; j < units; j++)
                        {
                            double u = x[units + j];
                            double n = Math.Tanh(x[(2 * units) + j] + (x[j] * z[(2 * units) + j]));
                            h[j] = ($T)(((1 - u) * n) + (u * h[j]));
                        }

                        WriteStep(h, result, t);
                    }
                }
                """, ["AddProduct", "Logistic", "WriteStep"]),
            ["SimpleRecurrent"] = (
                """
                /// <summary>
                /// Reads a sequence step by step. The memory is for z and h; the state is that of h before the first
                /// step.
                /// </summary>
                private static void SimpleRecurrent(
                    ReadOnlySpan<$T> input,
                    ReadOnlySpan<$T> weights,
                    ReadOnlySpan<$T> recurrentWeights,
                    ReadOnlySpan<$T> biases,
                    ReadOnlySpan<$T> state,
                    Span<$T> result,
                    Span<$T> memory,
                    int features,
                    int steps,
                    bool isReversed,
                    bool isRectified)
                {
                    int units = biases.Length;
                    Span<$T> z = memory.Slice(0, units);
                    Span<$T> h = memory.Slice(units, units);
                    state.CopyTo(h);
                    for (int k = 0; k < steps; k++)
                    {
                        int t = isReversed ? steps - 1 - k : k;
                        biases.CopyTo(z);
                        AddProduct(weights, input.Slice(t * features, features), z);
                        AddProduct(recurrentWeights, h, z);
                        for (int j = 0; j < units; j++)
                        {
                            h[j] = ($T)(isRectified ? Math.Max(z[j], 0) : Math.Tanh(z[j]));
                        }

                        WriteStep(h, result, t);
                    }
                }
                """, ["AddProduct", "WriteStep"]),
            ["StepsOf"] = (
                """
                /// <summary>The number of steps of a padded sequence.</summary>
                private static int StepsOf($T length, int most)
                {
                    int steps = length >= 1 && length <= most ? (int)length : 0;
                    return steps > 0 && steps == length
                        ? steps
                        : throw new ArgumentException(
                            "The length " + length + " of a sequence is no number of steps: it is a whole number from "
                            + "1 to " + most + ".");
                }
                """, []),
            ["AddProduct"] = (
                """
                /// <summary>Adds weights * input; the weights of an input lie together, one for each output.</summary>
                private static void AddProduct(ReadOnlySpan<$T> weights, ReadOnlySpan<$T> input, Span<$T> result)
                {
                    for (int i = 0; i < input.Length; i++)
                    {
                        $T x = input[i];
                        ReadOnlySpan<$T> column = weights.Slice(i * result.Length, result.Length);
                        for (int j = 0; j < column.Length; j++)
                        {
                            result[j] += column[j] * x;
                        }
                    }
                }
                """, []),
            ["Logistic"] = (
                """
                private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
                """, []),
            ["WriteStep"] = (
                """
                /// <summary>The result is h of all steps, or that of the last one alone.</summary>
                private static void WriteStep(ReadOnlySpan<$T> h, Span<$T> result, int step) =>
                    h.CopyTo(result.Length > h.Length ? result.Slice(step * h.Length) : result);
                """, []),
        };
}
