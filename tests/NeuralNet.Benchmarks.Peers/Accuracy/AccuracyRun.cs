using System.Diagnostics;
using System.Numerics.Tensors;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Randomness;

namespace NeuralNet.Benchmarks.Peers.Accuracy;

/// <summary>
/// Trains by a recipe and tests. Of equal seeds, both libraries get the same parameters to begin with and the same
/// batches: this library draws the order of the images and varies them.
/// </summary>
internal static class AccuracyRun
{
    private const int TestBatchSize = 500;

    /// <summary>Trains, and writes the loss of each epoch, the test accuracy and the times to the console.</summary>
    /// <exception cref="FormatException">The files are missing or no images with labels.</exception>
    public static void Run(Options options)
    {
        var recipe = Recipe.Named(options.Accuracy!);
        Digits training, test;
        try
        {
            training = Digits.Read(options.Data!, "train");
            test = Digits.Read(options.Data!, "t10k");
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            throw new FormatException($"--data: {exception.Message}", exception);
        }

        int threads = options.Threads?[0] ?? 1;
        Network<float> network = recipe.Build(options.Seed);
        using ILearner learner = options.Library == "ours"
            ? new OwnLearner(network, recipe.LearningRate, threads)
            : new TorchLearner(network, recipe.LearningRate, threads);
        double seconds = Train(recipe, learner, training, options.Seed, options.Epochs ?? recipe.Epochs);
        Console.WriteLine($"{options.Accuracy}, {options.Library}, seed {options.Seed}, {PeerBench.Text(threads)}: "
            + FormattableString.Invariant($"test accuracy {100 * Accuracy(learner, test):F2} %, ")
            + FormattableString.Invariant($"{seconds:F1} s of training"));
    }

    private static double Train(Recipe recipe, ILearner learner, Digits training, int seed, int epochs)
    {
        RandomStream random = RandomStream.FromSeed(seed);
        int[] order = [.. Enumerable.Range(0, training.Labels.Length)];
        int stepsPerEpoch = (order.Length + recipe.BatchSize - 1) / recipe.BatchSize;
        long step = 0;
        double seconds = 0;
        for (int epoch = 1; epoch <= epochs; epoch++)
        {
            random.Derive(epoch).CreateGenerator().Shuffle(order);
            double loss = 0;
            double secondsBefore = seconds;
            for (int start = 0; start < order.Length; start += recipe.BatchSize, step++)
            {
                ReadOnlySpan<int> places = order.AsSpan(start, Math.Min(recipe.BatchSize, order.Length - start));
                float[] images = training.PixelsAt(places);
                recipe.Augmentation?.Apply(
                    new MatrixSpan<float>(images, training.ImageSize, places.Length),
                    default,
                    random.Derive(epoch).Derive(start));
                int[] labels = training.LabelsAt(places);
                double factor = recipe.Schedule.Factor(step, (long)epochs * stepsPerEpoch);

                long begin = Stopwatch.GetTimestamp();
                loss += learner.Step(images, labels, factor) * places.Length / order.Length;
                seconds += Stopwatch.GetElapsedTime(begin).TotalSeconds;
            }

            Console.WriteLine(FormattableString.Invariant(
                $"epoch {epoch}: loss {loss:F5}, {seconds - secondsBefore:F1} s of training"));
        }

        return seconds;
    }

    private static double Accuracy(ILearner learner, Digits test)
    {
        int right = 0;
        int[] places = [.. Enumerable.Range(0, test.Labels.Length)];
        foreach (int[] batch in places.Chunk(TestBatchSize))
        {
            float[] outputs = learner.Predict(test.PixelsAt(batch));
            int classes = outputs.Length / batch.Length;
            for (int i = 0; i < batch.Length; i++)
            {
                int predicted = TensorPrimitives.IndexOfMax<float>(outputs.AsSpan(i * classes, classes));
                right += predicted == test.Labels[batch[i]] ? 1 : 0;
            }
        }

        return (double)right / test.Labels.Length;
    }
}
