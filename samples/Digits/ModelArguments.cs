using System.CommandLine;
using NeuralNet.Samples.CommandLine;

namespace NeuralNet.Samples.Digits;

/// <summary>The options of a trained network: its file, and the loss, which the file does not store.</summary>
internal sealed class ModelArguments
{
    private readonly Option<string> _model = OptionKinds.RequiredFile("--model", "File that --save wrote.");

    private readonly Option<string?> _loss = OptionKinds.OptionalChoice(
        "--loss",
        $"The loss used in training; by default {ModelFactory.DefaultLoss}, or "
        + $"{ModelFactory.DefaultProbabilityLoss} for a network that ends in probabilities.",
        ModelFactory.Losses.Keys);

    /// <summary>Adds these options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_model);
        command.Options.Add(_loss);
    }

    /// <summary>Reads the options out of a command line without errors.</summary>
    public ModelOptions Bind(ParseResult arguments) =>
        new() { File = arguments.GetRequiredValue(_model), Loss = arguments.GetValue(_loss) };
}
