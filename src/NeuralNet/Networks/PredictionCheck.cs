namespace NeuralNet.Networks;

/// <summary>Whether memory that is predicted from and to fits what predicts.</summary>
internal static class PredictionCheck
{
    /// <summary>The number of samples; refuses parts of one, results that do not fit their number, and overlapping memory.</summary>
    /// <param name="what">What predicts, for messages.</param>
    /// <param name="inputs">Sample after sample.</param>
    /// <param name="inputSize">Features of a sample.</param>
    /// <param name="outputs">Where the results go, sample after sample.</param>
    /// <param name="outputSize">Results of a sample.</param>
    public static int Samples<T>(string what, ReadOnlySpan<T> inputs, int inputSize, Span<T> outputs, int outputSize)
    {
        (int samples, int rest) = int.DivRem(inputs.Length, inputSize);
        if (rest != 0)
        {
            throw new ArgumentException(
                $"The {what} takes {inputSize} features per sample, but {inputs.Length} values were given, "
                + "which is no whole number of samples.",
                nameof(inputs));
        }

        if (outputs.Length != (long)samples * outputSize)
        {
            throw new ArgumentException(
                $"{samples} samples give {(long)samples * outputSize} outputs, {outputSize} each, "
                + $"but there is room for {outputs.Length}.",
                nameof(outputs));
        }

        return inputs.Overlaps(outputs)
            ? throw new ArgumentException("The outputs must not lie in the memory of the inputs.", nameof(outputs))
            : samples;
    }
}
