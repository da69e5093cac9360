using System.Diagnostics;
using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Benchmarks.Workloads;
using NeuralNet.Data;
using NeuralNet.Distributed;
using NeuralNet.Losses;
using NeuralNet.Mpi;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Benchmarks.Workers;

/// <summary>
/// The time of a training step, under mpirun or alone: prints microseconds per step, the median over repetitions, and
/// the number of parameters. Data are drawn at random.
/// </summary>
internal static class WorkersCommand
{
    private const string Help = "workers --help";
    private const int Classes = 10;

    private static readonly Dictionary<string, (int Inputs, Func<Network<float>> Build)> _networks = new()
    {
        ["784-512-512-10"] = (784, () => Network.Create<float>(784, seed: 42)
            .Dense(512, new ReLU()).Dense(512, new ReLU()).Dense(Classes).Build()),
        ["cifar"] = (32 * 32 * 3, () => ImageNetwork.Cifar.Build()),
        ["784-128-10"] = (784, () => Network.Create<float>(784, seed: 42)
            .Dense(128, new ReLU()).Dense(Classes).Build()),
    };

    private static readonly OptionReader _reader =
        new(Help, ["--network", "--batch", "--threads", "--shards", "--repetitions", "--delay"], []);

    public static int Run(string[] arguments)
    {
        if (OptionReader.AsksForHelp(arguments))
        {
            Console.WriteLine(
                "workers [--network 784-512-512-10 | cifar | 784-128-10] [--batch 512] [--threads 1] [--shards 1] "
                + "[--repetitions 15] [--delay 0]\nUnder mpirun, the processes make each step together; each of their "
                + "exchanges takes so many microseconds longer.");
            return 0;
        }

        try
        {
            IReadOnlyDictionary<string, string> options = _reader.Read(arguments);
            Measure(
                options.GetValueOrDefault("--network", "784-512-512-10"),
                Number(options, "--batch", 512),
                Number(options, "--threads", 1),
                Number(options, "--shards", 1),
                Number(options, "--repetitions", 15),
                TimeSpan.FromMicroseconds(Number(options, "--delay", 0)));
            return 0;
        }
        catch (FormatException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return 2;
        }
    }

    private static void Measure(string name, int batch, int threads, int shards, int repetitions, TimeSpan delay)
    {
        if (!_networks.TryGetValue(name, out (int Inputs, Func<Network<float>> Build) made))
        {
            throw new FormatException($"There is no network '{name}', but {string.Join(", ", _networks.Keys)}.");
        }

        IWorkers workers = MpiWorkers.Connect(shards);
        workers = delay == TimeSpan.Zero ? workers : new DelayedWorkers(workers, delay);
        Network<float> network = made.Build();
        var trainer = new Trainer<float>(
            network, new SoftmaxCrossEntropy(), new Adam(), threads: threads, workers: workers);
        var random = new Random(1);
        Matrix<float> inputs = Matrix<float>.Build.Dense(made.Inputs, batch, (_, _) => random.NextSingle());
        Matrix<float> targets = OneHot.Encode<float>([.. Enumerable.Range(0, batch).Select(i => i % Classes)], Classes);

        // The workers make the same number of steps: as many as worker 0 finds to take half a second.
        int[] steps = new int[1];
        Time(trainer, inputs, targets, 3);
        int own = (int)Math.Clamp(0.5 / Time(trainer, inputs, targets, 3), 3, 1000);
        workers.AllGather(workers.Rank == 0 ? [own] : [], steps, [1, .. new int[workers.Count - 1]]);
        double[] times = [.. Enumerable.Range(0, repetitions).Select(_ => Time(trainer, inputs, targets, steps[0]))];
        Array.Sort(times);
        if (workers.Rank == 0)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name} batch {batch}, {workers.Count} × {threads} threads, {shards} shards: "
                + $"{times[repetitions / 2] * 1e6:F0} µs per step (fastest {times[0] * 1e6:F0}), "
                + $"{network.ParameterCount} parameters"));
        }
    }

    private static double Time(Trainer<float> trainer, Matrix<float> inputs, Matrix<float> targets, int steps)
    {
        long start = Stopwatch.GetTimestamp();
        for (int step = 0; step < steps; step++)
        {
            trainer.Step(inputs, targets);
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds / steps;
    }

    private static int Number(IReadOnlyDictionary<string, string> options, string name, int otherwise) =>
        !options.TryGetValue(name, out string? text) ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number >= Math.Min(otherwise, 1) ? number
        : throw new FormatException($"{name} takes a whole number, but not '{text}'. See {Help}.");
}
