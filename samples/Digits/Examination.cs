using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Decisions;
using NeuralNet.Evaluation;
using NeuralNet.LinearAlgebra;
using NeuralNet.Metrics;
using NeuralNet.Training;

namespace NeuralNet.Samples.Digits;

/// <summary>Tests a trained network on the samples it has never seen.</summary>
internal static class Examination
{
    /// <summary>Tests it.</summary>
    public static TestResult Run(MnistData data, Trainer<float> trainer)
    {
        EvaluationResult evaluation = trainer.Evaluate(data.Test);
        Matrix<float> outputs = trainer.Network.Predict(data.Test.Inputs);
        var confusion = new ConfusionMatrix(data.Classes);
        confusion.Add(outputs, data.Test.Targets);
        return new(data, evaluation.Loss, confusion, FindMistakes(outputs, data.Test.Targets));
    }

    private static List<Mistake> FindMistakes(ReadOnlyMatrixSpan<float> outputs, ReadOnlyMatrixSpan<float> targets)
    {
        var mistakes = new List<Mistake>();
        for (int sample = 0; sample < outputs.Columns; sample++)
        {
            ReadOnlySpan<float> output = outputs.Column(sample);
            int predicted = Decision.Largest(output);
            int actual = Decision.Largest(targets.Column(sample));
            if (predicted != actual)
            {
                mistakes.Add(new(sample, actual, predicted, output[predicted] - output[actual]));
            }
        }

        return [.. mistakes.OrderByDescending(mistake => mistake.Margin)];
    }
}
