using NeuralNet.Data;
using NeuralNet.Diagnostics;
using NeuralNet.Training;

namespace NeuralNet.Extensibility.Tests.Readme;

/// <summary>The snippets of the guide to troubleshooting.</summary>
internal static class Troubleshooting
{
    public static void Warn(TrainingHistory history)
    {
        foreach (TrainingWarning warning in history.Warnings)
        {
            Console.WriteLine($"{warning.Kind} in {warning.Layer ?? "the data"}: {warning}");
        }
    }

    public static double LearnByHeart(Trainer<float> trainer, DataSet<float> training)
    {
        TrainingHistory few = trainer.Fit(training.Take(16), new() { Epochs = 300 });
        Console.WriteLine(few.Epochs[^1].Loss);
        return few.Epochs[^1].Loss;
    }

    public static LearningRateCurve FindRate(Trainer<float> trainer, DataSet<float> training)
    {
        LearningRateCurve curve = LearningRateFinder.Run(trainer, training);
        Console.WriteLine(curve);
        return curve;
    }

    public static FitOptions<float> Weigh(int[] labels)
    {
        var options = new FitOptions<float> { Epochs = 20, ClassWeights = ClassWeights.Balanced(labels, classes: 2) };
        return options;
    }

    public static void Diverge(Trainer<float> trainer, DataSet<float> training)
    {
        try
        {
            trainer.Fit(training, new() { Epochs = 20 });
        }
        catch (TrainingDivergedException exception)
        {
            Console.WriteLine(exception.Details!.Cause);        // Inputs, Targets, Layer, Parameter, Gradient or Loss
            Console.WriteLine(exception.Message);
            throw;
        }
    }
}
