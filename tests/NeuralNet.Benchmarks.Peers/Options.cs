using System.Globalization;
using NeuralNet.Benchmarks.Peers.Accuracy;

namespace NeuralNet.Benchmarks.Peers;

/// <summary>The options on the command line.</summary>
internal sealed record Options
{
    /// <summary>The text that <c>--help</c> shows.</summary>
    public const string Help =
        """
        Compares the library with TorchSharp and ONNX Runtime, called from .NET, and writes Markdown tables.

        [--only SUBJECT[,SUBJECT...]] [--networks NAME[,NAME...]] [--threads N[,N]] [--rounds N] [--output FILE.md]
        --accuracy RECIPE --library ours|torch --data DIR [--seed N] [--epochs N] [--threads N]
        [--default-malloc]

          --only      step, predict, memory or all [default: all]
          --networks  lenet, keras, pytorch, cifar, 784-512-512-10, 784-2500-2000-1500-10, lstm-28-128, lstm-8-64,
                      lstm-1-32, lstm-64-256, gru-28-128, gru-8-64, gru-1-32, gru-64-256 or all [default: all]
          --threads   1, 2 or all [default: all]; for --accuracy one of them [default: 1]
          --rounds    rounds in which the sides take turns [default: 7]; 3 are enough to try things out
          --output    file for the tables, besides the console

          --accuracy  trains from start to end and tests: lenet, rows and mnist on MNIST, fashion on Fashion-MNIST
          --library   the library that trains
          --data      folder with the four files
          --seed      seed of parameters, order and augmentation [default: 1]
          --epochs    epochs, if not those of the recipe

          --default-malloc  leaves the C library's allocator as it is, which on Linux gives memory back to the system
                            at every step and makes TorchSharp slower; by default it is told to keep it
        """;

    private static readonly OptionReader _reader = new(
        "--help",
        [
            "--only", "--networks", "--threads", "--rounds", "--output", "--accuracy", "--library", "--data", "--seed",
            "--epochs",
        ],
        ["--default-malloc"]);

    /// <summary>All subjects, in the order they are measured.</summary>
    public static IReadOnlyList<string> Subjects { get; } = ["step", "predict", "memory"];

    /// <summary>The libraries that can train.</summary>
    public static IReadOnlyList<string> Libraries { get; } = ["ours", "torch"];

    /// <summary>The subjects to measure.</summary>
    public IReadOnlyList<string> Only { get; private init; } = Subjects;

    /// <summary>The keys of the networks to measure.</summary>
    public IReadOnlyList<string> Networks { get; private init; } = NetworkKeys;

    /// <summary>The numbers of threads; null if not given.</summary>
    public IReadOnlyList<int>? Threads { get; private init; }

    /// <summary>Number of rounds.</summary>
    public int Rounds { get; private init; } = 7;

    /// <summary>The file to write the tables to.</summary>
    public string? Output { get; private init; }

    /// <summary>The recipe to train by; null to measure speed and memory.</summary>
    public string? Accuracy { get; private init; }

    /// <summary>The library that trains by the recipe.</summary>
    public string? Library { get; private init; }

    /// <summary>The folder with the data of the recipe.</summary>
    public string? Data { get; private init; }

    /// <summary>The seed of the recipe.</summary>
    public int Seed { get; private init; } = 1;

    /// <summary>The epochs to train; those of the recipe if null.</summary>
    public int? Epochs { get; private init; }

    /// <summary>True to leave the allocator of the C library as it is.</summary>
    public bool UsesDefaultMalloc { get; private init; }

    private static string[] NetworkKeys => [.. MeasuredNetwork.All.Select(network => network.Key)];

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">The command line is not valid.</exception>
    public static Options Parse(ReadOnlySpan<string> arguments)
    {
        var options = new Options();
        foreach ((string name, string value) in _reader.Read(arguments))
        {
            options = name switch
            {
                "--only" => options with { Only = OptionReader.Choose(name, value, Subjects) },
                "--networks" => options with { Networks = OptionReader.Choose(name, value, NetworkKeys) },
                "--threads" => options with
                {
                    Threads = [.. OptionReader.Choose(name, value, ["1", "2"]).Select(text => Number(name, text))],
                },
                "--rounds" => options with { Rounds = Number(name, value) },
                "--output" => options with { Output = value },
                "--accuracy" => options with { Accuracy = One(name, value, Recipe.Names) },
                "--library" => options with { Library = One(name, value, Libraries) },
                "--data" => options with { Data = value },
                "--default-malloc" => options with { UsesDefaultMalloc = true },
                "--seed" => options with { Seed = Number(name, value) },
                _ => options with { Epochs = Number(name, value) },
            };
        }

        return options.Accuracy is null || (options.Library is not null && options.Data is not null)
            ? options
            : throw new FormatException("--accuracy needs --library and --data. See --help.");
    }

    private static int Number(string option, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
            ? number
            : throw new FormatException($"{option} is a whole number above 0, not '{text}'. See --help.");

    private static string One(string option, string text, IReadOnlyList<string> known) =>
        OptionReader.Choose(option, text, known) is [string value]
            ? value
            : throw new FormatException($"{option} takes one of {string.Join(", ", known)}. See --help.");
}
