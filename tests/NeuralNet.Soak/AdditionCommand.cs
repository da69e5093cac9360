using System.CommandLine;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Samples.CommandLine;
using NeuralNet.Training;

namespace NeuralNet.Soak;

/// <summary>
/// The addition problem of Hochreiter and Schmidhuber, "Long short-term memory" (1997): of a sequence of numbers in 0
/// to 1, two are marked, one in its first half and one in its second; the target is their sum. Guessing the mean has an
/// error of 1/6. A layer that forgets over a hundred steps cannot do better.
/// </summary>
internal static class AdditionCommand
{
    private const int BatchSize = 50;
    private const int TestSize = 2000;
    private const double Solved = 0.01;

    public static Command Create()
    {
        Option<int> steps = OptionKinds.WholeNumber(
            "--steps", "Length of a sequence.", fallback: 100, least: 2, most: 10_000);
        Option<int> most = OptionKinds.WholeNumber(
            "--most",
            "Steps of training after which a layer has not solved it.",
            fallback: 6000,
            least: 250,
            most: 1_000_000);
        Option<int> seed = OptionKinds.WholeNumber(
            "--seed", "Seed of it all.", fallback: 1, least: 0, most: int.MaxValue);
        var command = new Command(
            "addition", "The addition problem: an LSTM and a GRU solve it, a simple recurrent layer does not.")
        {
            steps, most, seed,
        };
        command.SetAction(
            arguments => Run(arguments.GetValue(steps), arguments.GetValue(most), arguments.GetValue(seed)));
        return command;
    }

    private static int Run(int steps, int most, int seed)
    {
        var shape = new FeatureShape(steps, 2);
        bool asExpected =
            Solves("LSTM", Network.Create<float>(shape, seed).Lstm(64).Dense(1).Build(), steps, most, seed)
            & Solves("GRU", Network.Create<float>(shape, seed).Gru(64).Dense(1).Build(), steps, most, seed)
            & !Solves(
                "simple recurrent layer",
                Network.Create<float>(shape, seed).SimpleRecurrent(64).Dense(1).Build(),
                steps,
                most,
                seed);
        return asExpected ? 0 : 1;
    }

    private static bool Solves(string name, Network<float> network, int steps, int most, int seed)
    {
        var random = new Random(seed);
        var trainer = new Trainer<float>(network, new MeanSquaredError(), new Adam(0.002));
        float[] inputs = new float[BatchSize * network.InputSize];
        float[] targets = new float[BatchSize];
        (float[] testInputs, float[] testTargets) = (new float[TestSize * network.InputSize], new float[TestSize]);
        Draw(testInputs, testTargets, steps, new Random(-seed));
        double error = double.NaN;
        for (int step = 1; step <= most; step++)
        {
            Draw(inputs, targets, steps, random);
            trainer.Step(
                new ReadOnlyMatrixSpan<float>(inputs, network.InputSize, BatchSize),
                new ReadOnlyMatrixSpan<float>(targets, 1, BatchSize),
                clipping: new ClipByGlobalNorm(1));
            if (step % 250 == 0)
            {
                float[] predicted = network.Predict(testInputs);
                error = predicted.Zip(testTargets, (a, b) => (double)(a - b) * (a - b)).Average();
                if (error < Solved)
                {
                    Console.WriteLine(
                        FormattableString.Invariant($"{name}: solved, error {error:F5} after {step} steps"));
                    return true;
                }
            }
        }

        Console.WriteLine(FormattableString.Invariant($"{name}: not solved, error {error:F5} after {most} steps"));
        return false;
    }

    private static void Draw(float[] inputs, float[] targets, int steps, Random random)
    {
        Array.Clear(inputs);
        for (int n = 0; n < targets.Length; n++)
        {
            Span<float> sequence = inputs.AsSpan(n * steps * 2, steps * 2);
            for (int t = 0; t < steps; t++)
            {
                sequence[2 * t] = random.NextSingle();
            }

            int first = random.Next(steps / 2);
            int second = random.Next(steps / 2, steps);
            sequence[(2 * first) + 1] = 1;
            sequence[(2 * second) + 1] = 1;
            targets[n] = sequence[2 * first] + sequence[2 * second];
        }
    }
}
