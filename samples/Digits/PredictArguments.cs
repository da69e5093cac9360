using System.CommandLine;

namespace NeuralNet.Samples.Digits;

/// <summary>The options of reading a digit.</summary>
internal sealed class PredictArguments
{
    private readonly ModelArguments _model = new();

    private readonly Argument<string> _image = new("IMAGE")
    {
        Description = "A PNG or PGM image of one digit, of any size, dark on light or light on dark.",
    };

    /// <summary>Adds these options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(_image);
        _model.AddTo(command);
    }

    /// <summary>Reads the options out of a command line without errors.</summary>
    public PredictOptions Bind(ParseResult arguments) =>
        new() { Model = _model.Bind(arguments), Image = arguments.GetRequiredValue(_image) };
}
