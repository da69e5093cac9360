using System.Runtime.InteropServices.JavaScript;

namespace NeuralNet.Samples.Playground.Learning;

/// <summary>The functions with which the page trains a network on points.</summary>
internal static partial class LearningPage
{
    private static LearningSession? _session;

    private static LearningSession Session => _session ?? throw new InvalidOperationException("No network is made.");

    /// <summary>Draws points: x, y and class, point after point.</summary>
    [JSExport]
    internal static double[] Points(string kind, int count, double noise, int seed) =>
        PointCloud.Draw(kind, count, noise, seed);

    /// <summary>Makes a new network for some points.</summary>
    [JSExport]
    internal static void Make(
        double[] points,
        int[] hidden,
        string activation,
        string optimizer,
        double rate,
        double penalty,
        int batch,
        int seed) =>
        _session = new(points, hidden, activation, optimizer, rate, penalty, batch, seed);

    /// <summary>Trains for some milliseconds, at most a number of steps.</summary>
    /// <returns>Steps so far, loss, accuracy.</returns>
    [JSExport]
    internal static double[] Train(double milliseconds, int most)
    {
        if (most > 0)
        {
            Session.Train(milliseconds, most);
        }

        (double loss, double accuracy) = Session.Measure();
        return [Session.Steps, loss, accuracy];
    }

    /// <summary>The parameters.</summary>
    [JSExport]
    internal static double[] Parameters() => Session.Parameters();

    /// <summary>Their gradients over all points.</summary>
    [JSExport]
    internal static double[] Gradients() => Session.Gradients();

    /// <summary>The output of every neuron over the square.</summary>
    [JSExport]
    internal static double[] Surfaces(int side, double reach) => Session.Surfaces(side, reach);

    /// <summary>The chain rule for one weight and one point.</summary>
    [JSExport]
    internal static double[] Explain(int layer, int neuron, int input, int point) =>
        Session.Explain(layer, neuron, input, point);
}
