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

    private readonly Option<string> _activation = OptionKinds.Choice(
        "--activation",
        "Activation of the hidden layers, as it was in training.",
        ModelFactory.Activations.Keys,
        ModelFactory.DefaultActivation);

    private readonly Option<string?> _outputActivation = OptionKinds.OptionalChoice(
        "--output-activation",
        "Activation of the last layer, as it was in training; what the loss asks for unless given.",
        ModelFactory.OutputActivations.Keys);

    private readonly Option<string> _loss = OptionKinds.Choice(
        "--loss", "The loss, as it was in training.", ModelFactory.Losses.Keys, ModelFactory.DefaultLoss);

    /// <summary>Gives a command these options.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_model, _activation, _outputActivation, _loss])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Reads the options out of a command line without errors.</summary>
    /// <exception cref="SampleException">Options do not go together.</exception>
    public ModelOptions Bind(ParseResult arguments)
    {
        string loss = arguments.GetRequiredValue(_loss);
        return new()
        {
            File = arguments.GetRequiredValue(_model),
            Activation = arguments.GetRequiredValue(_activation),
            OutputActivation = LossPairing.Choose(loss, arguments.GetValue(_outputActivation)),
            Loss = loss,
        };
    }
}
