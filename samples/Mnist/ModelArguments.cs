using System.CommandLine;

namespace NeuralNet.Samples.Mnist;

/// <summary>The options that say which trained network to take, and what its file does not.</summary>
internal sealed class ModelArguments
{
    private readonly Option<string> _model = new("--model")
    {
        Description = "File that --save wrote.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<string?> _loss = OptionKinds.OptionalChoice(
        "--loss",
        $"The loss, as it was in training; unless given, {ModelFactory.DefaultLoss}, or "
        + $"{ModelFactory.DefaultProbabilityLoss} of a network that ends in probabilities.",
        ModelFactory.Losses.Keys);

    /// <summary>Gives a command these options.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_model);
        command.Options.Add(_loss);
    }

    /// <summary>Reads the options out of a command line without errors.</summary>
    public ModelOptions Bind(ParseResult arguments) =>
        new() { File = arguments.GetRequiredValue(_model), Loss = arguments.GetValue(_loss) };
}
