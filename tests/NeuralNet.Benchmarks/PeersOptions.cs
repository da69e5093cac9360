namespace NeuralNet.Benchmarks;

/// <summary>The options on the command line of <c>peers</c>.</summary>
internal sealed record PeersOptions
{
    /// <summary>The text that <c>--help</c> shows.</summary>
    public const string Help =
        """
        Compares the library with its peers, side by side in one run, and writes Markdown tables.

        peers [--rows SUBJECT[,SUBJECT...]] [--quick] [--data DIR] [--output FILE.md] [--python PATH] [--node PATH]
              [--sample PATH]

          --rows    convolution, step, threads, streams, product, predict, mnist or all [default: all]
          --quick   fewer rounds: to try things out, not to record
          --data    folder with the MNIST files, for mnist [default: the folder that NEURALNET_MNIST names]
          --output  file for the tables, besides the console
          --python  Python with PyTorch and numpy [default: python3]
          --node    Node.js, for one of the two ways to ONNX Runtime [default: node]
          --sample  Digits.dll, built Release [default: samples/Digits/bin/Release/net10.0/Digits.dll]
        """;

    private static readonly OptionReader _reader = new(
        "peers --help", ["--rows", "--data", "--output", "--python", "--node", "--sample"], ["--quick"]);

    /// <summary>All subjects, in the order they are measured.</summary>
    public static IReadOnlyList<string> Subjects { get; } =
        ["convolution", "product", "predict", "step", "threads", "streams", "mnist"];

    /// <summary>The subjects to measure.</summary>
    public IReadOnlyList<string> Rows { get; private init; } = Subjects;

    /// <summary>True if few rounds are enough.</summary>
    public bool Quick { get; private init; }

    /// <summary>The folder with the MNIST files.</summary>
    public string? Data { get; private init; } = Environment.GetEnvironmentVariable("NEURALNET_MNIST");

    /// <summary>The file to write the tables to.</summary>
    public string? Output { get; private init; }

    /// <summary>The Python interpreter.</summary>
    public string Python { get; private init; } = "python3";

    /// <summary>The Node.js interpreter.</summary>
    public string Node { get; private init; } = "node";

    /// <summary>The sample Digits.</summary>
    public string Sample { get; private init; } = Path.Combine(
        ProjectFolder.Repository, "samples", "Digits", "bin", "Release", "net10.0", "Digits.dll");

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">The command line is not valid.</exception>
    public static PeersOptions Parse(ReadOnlySpan<string> arguments)
    {
        var options = new PeersOptions();
        foreach ((string name, string value) in _reader.Read(arguments))
        {
            options = name switch
            {
                "--rows" => options with { Rows = OptionReader.Choose(name, value, Subjects) },
                "--quick" => options with { Quick = true },
                "--data" => options with { Data = value },
                "--output" => options with { Output = value },
                "--python" => options with { Python = value },
                "--node" => options with { Node = value },
                _ => options with { Sample = value },
            };
        }

        return options;
    }
}
