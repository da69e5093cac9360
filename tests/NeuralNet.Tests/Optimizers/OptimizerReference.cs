namespace NeuralNet.Tests.Optimizers;

/// <summary>The contents of <c>Parity/optimizers.json</c>; see the script beside it.</summary>
internal sealed record OptimizerReference(
    double[] Start,
    double[] Centres,
    double[] Scales,
    int[] Steps,
    OptimizerReference.Case[] Cases,
    double[][] Gradients,
    double[][] ClippedByValue,
    double[][] ClippedByGlobalNorm)
{
    /// <summary>The values after each of the steps.</summary>
    internal sealed record Case(string Name, double[][] Values);
}
