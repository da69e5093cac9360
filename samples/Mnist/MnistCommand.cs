using System.CommandLine;

namespace NeuralNet.Samples.Mnist;

/// <summary>The command line.</summary>
internal sealed class MnistCommand : RootCommand
{
    private readonly TrainArguments _train = new();

    public MnistCommand()
        : base("Trains a network to read handwritten digits and says how well it does on digits it has never seen.") =>
        _train.AddTo(this);

    /// <summary>Reads the options out of a command line without errors.</summary>
    public MnistOptions Bind(ParseResult arguments) => _train.Bind(arguments);
}
