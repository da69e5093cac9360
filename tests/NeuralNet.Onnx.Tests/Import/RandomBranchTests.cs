using System.Globalization;

namespace NeuralNet.Onnx.Tests.Import;

/// <summary>
/// Graphs at random, whose values part and meet in every way: layers within each other compute what the nodes do one
/// after the other.
/// </summary>
public sealed class RandomBranchTests
{
    private static readonly Dictionary<string, Func<double, double>> _functions = new()
    {
        ["Relu"] = x => Math.Max(0, x),
        ["Tanh"] = Math.Tanh,
        ["Neg"] = x => -x,
        ["Abs"] = Math.Abs,
        ["Sigmoid"] = x => 1 / (1 + Math.Exp(-x)),
        ["Identity"] = x => x,
        ["Softsign"] = x => x / (1 + Math.Abs(x)),
    };

    private static readonly Dictionary<string, Func<double, double, double>> _operators = new()
    {
        ["Add"] = (x, y) => x + y,
        ["Sub"] = (x, y) => x - y,
        ["Max"] = Math.Max,
        ["Min"] = Math.Min,
        ["Mean"] = (x, y) => (x + y) / 2,
    };

    [Fact]
    public void Any_graph_computes_what_its_nodes_do()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            Require(new Random(seed), outputs: 1 + (seed % 3));
        }
    }

    private static void Require(Random random, int outputs)
    {
        const int Features = 3;
        var text = new GraphText(Features);
        var formulas = new List<Func<double[], double[]>> { x => x };
        var names = new List<string> { "x" };
        int nodes = random.Next(2, 12);
        for (int i = 0; i < nodes; i++)
        {
            string name = "v" + i.ToString(CultureInfo.InvariantCulture);
            formulas.Add(AddNode(random, text, name, names, formulas));
            names.Add(name);
        }

        // The last values are the outputs.
        int[] ends = [.. Enumerable.Range(Math.Max(1, names.Count - outputs), Math.Min(outputs, nodes))];
        string[] wanted = [.. ends.Select(end => names[end])];
        text.Outputs(wanted);
        text.ShouldCompute(
            x => ends.SelectMany(end => formulas[end](x)), options: new() { OutputNames = wanted });
    }

    private static Func<double[], double[]> AddNode(
        Random random, GraphText text, string name, List<string> names, List<Func<double[], double[]>> formulas)
    {
        (int first, int second) = (random.Next(names.Count), random.Next(names.Count));
        Func<double[], double[]> left = formulas[first];
        Func<double[], double[]> right = formulas[second];
        switch (random.Next(5))
        {
            case 0:
                (string function, Func<double, double> map) = _functions.ElementAt(random.Next(_functions.Count));
                text.Add($"{name} = {function}({names[first]})");
                return x => [.. left(x).Select(map)];
            case 1:
                // Three by three, of numbers that keep the values small.
                double[] weights = [.. Enumerable.Range(0, 9).Select(_ => Math.Round(random.NextDouble() - 0.5, 2))];
                text.Floats("w" + name, [3, 3], weights).Add($"{name} = MatMul({names[first]}, w{name})");
                return x =>
                {
                    double[] z = left(x);
                    return
                    [
                        .. Enumerable.Range(0, 3).Select(
                            j => z.Select((one, i) => one * (float)weights[(3 * i) + j]).Sum()),
                    ];
                };
            case 2:
                // Joined and halved again: the last of the one and the first of the other.
                text.Add($"j{name} = Concat({names[first]}, {names[second]})");
                text.With(OnnxAttribute.Int("axis", 1)).Integers("i" + name, 2, 3, 4);
                text.Add($"{name} = Gather(j{name}, i{name})");
                text.With(OnnxAttribute.Int("axis", 1));
                return x => [left(x)[2], right(x)[0], right(x)[1]];
            default:
                (string @operator, Func<double, double, double> combine) =
                    _operators.ElementAt(random.Next(_operators.Count));
                text.Add($"{name} = {@operator}({names[first]}, {names[second]})");
                return x => [.. left(x).Zip(right(x), combine)];
        }
    }
}
