using System.Globalization;
using System.Numerics;
using NeuralNet.Layers;
using NeuralNet.Networks;

namespace NeuralNet.Diagnostics;

/// <summary>Looks at the scale of features.</summary>
internal static class InputCheck
{
    // Standardized features have a root mean square of 1, features from 0 to 1 one below.
    private const double LargeScale = 10;
    private const double SmallScale = 1e-3;
    private const double LargeRatio = 100;

    // How far a feature's peak may be above its root mean square for it to be small all the time, and not rarely there,
    // as the pixels at the border of an image.
    private const double DensePeak = 8;

    // Fewer samples say nothing about a feature.
    private const int LeastSamples = 64;

    private const string Remedy =
        "Fit a Standardization or MinMaxScaling to the training inputs and transform all inputs with it, or divide by "
        + "the largest value (pixels by 255).";

    public static IEnumerable<TrainingWarning> Check<T>(Network<T> network, RowStatistics<T> inputs)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (CheckScale(network, inputs) is { } scale)
        {
            yield return scale;
        }

        if (CheckConstants(inputs) is { } constants)
        {
            yield return constants;
        }
    }

    private static TrainingWarning? CheckScale<T>(Network<T> network, RowStatistics<T> inputs)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Other layers, such as a normalization, may see to the scale themselves.
        if (network.Layers.FirstOrDefault(layer => !layer.IsForTrainingOnly)
            is not (Dense<T> or Residual<T>))
        {
            return null;
        }

        double[] scales = [.. Enumerable.Range(0, inputs.Rows).Select(inputs.RootMeanSquare)];
        int largest = Array.IndexOf(scales, scales.Max());
        if (scales[largest] > LargeScale)
        {
            return new(
                TrainingWarningKind.UnscaledInputs,
                network.Layers[0].Name,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The inputs are not scaled: feature {largest} goes from {inputs.Least(largest):G4} to "
                    + $"{inputs.Most(largest):G4} in the first {inputs.Count} samples. Initial weights and usual "
                    + $"learning rates are meant for inputs of magnitude 1; larger ones saturate units and make steps "
                    + $"overshoot. {Remedy}"));
        }

        if (inputs.Count >= LeastSamples && scales[largest] is > 0 and < SmallScale)
        {
            return new(
                TrainingWarningKind.UnscaledInputs,
                network.Layers[0].Name,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The inputs are not scaled: none of the first {inputs.Count} samples has a feature beyond "
                    + $"{Math.Max(inputs.MostOfAll(), -inputs.LeastOfAll()):G4}. Initial weights and usual learning "
                    + $"rates are meant for inputs of magnitude 1; with smaller ones the network learns very slowly. "
                    + $"{Remedy}"));
        }

        if (inputs.Count < LeastSamples)
        {
            return null;
        }

        double[] varying = [.. scales.Where((_, i) => !inputs.IsConstant(i)).Order()];
        if (varying.Length > 1 && scales[largest] > 1 && varying[^1] / varying[(varying.Length - 1) / 2] > LargeRatio)
        {
            return new(
                TrainingWarningKind.DifferentScales,
                network.Layers[0].Name,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The features have very different scales: feature {largest} has a root mean square of "
                    + $"{scales[largest]:G4}, half of the features one below {varying[(varying.Length - 1) / 2]:G4}. "
                    + $"The large ones drown the small ones, and no learning rate suits both. {Remedy}"));
        }

        int small = Array.FindIndex([.. Enumerable.Range(0, inputs.Rows)], IsDrowned);
        return small < 0
            ? null
            : new(
                TrainingWarningKind.DifferentScales,
                network.Layers[0].Name,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The features have very different scales: feature {small} stays from {inputs.Least(small):G4} to "
                    + $"{inputs.Most(small):G4} in the first {inputs.Count} samples, while feature {largest} has a "
                    + $"root mean square of {scales[largest]:G4}. What the small one says is hardly seen. {Remedy}"));

        bool IsDrowned(int i)
        {
            double peak = Math.Max(inputs.Most(i), -inputs.Least(i));
            return !inputs.IsConstant(i) && peak * LargeRatio < scales[largest] && peak < DensePeak * scales[i];
        }
    }

    private static TrainingWarning? CheckConstants<T>(RowStatistics<T> inputs)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (inputs.Count < LeastSamples)
        {
            return null;
        }

        int[] constant = [.. Enumerable.Range(0, inputs.Rows).Where(inputs.IsConstant)];
        if (constant.Length == inputs.Rows)
        {
            return new(
                TrainingWarningKind.ConstantFeatures,
                null,
                $"Every feature is the same in the first {inputs.Count} samples, so the network cannot tell them "
                + "apart. Check how the inputs are read.");
        }

        // The background of images and rare categories are at one end of the values: they do no harm.
        double least = inputs.LeastOfAll();
        double most = inputs.MostOfAll();
        int[] odd = Array.FindAll(
            constant, i => inputs.Least(i) != 0 && inputs.Least(i) > least && inputs.Most(i) < most);
        return odd.Length == 0
            ? null
            : new(
                TrainingWarningKind.ConstantFeatures,
                null,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{(odd.Length == 1 ? "One feature is" : $"{odd.Length} features are")} the same in the first "
                    + $"{inputs.Count} samples, such as feature {odd[0]}, which is always {inputs.Least(odd[0]):G4}. "
                    + $"It says nothing and only adds to the bias. Leave it out, or check how it is read."));
    }
}
