using System.CommandLine;
using NeuralNet.Samples.CommandLine;

namespace NeuralNet.Samples.Digits;

/// <summary>The options of the data source.</summary>
internal sealed class DataArguments
{
    private readonly Option<string?> _data = OptionKinds.OptionalName(
        "--data",
        "Folder with the four files of MNIST, or of a data set in its format such as Fashion-MNIST, raw or gzipped. "
        + "By default the folder that NEURALNET_MNIST names, else the user's cache, else a download.",
        "DIR");

    private readonly Option<bool> _generated = new("--generated")
    {
        Description = "Use digits that the sample draws itself instead of MNIST.",
    };

    /// <summary>Adds these options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_data);
        command.Options.Add(_generated);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_generated) && result.GetResult(_data) is not null)
            {
                result.AddError("--data and --generated exclude each other.");
            }
        });
    }

    /// <summary>Reads the options out of a command line without errors.</summary>
    public DataOptions Bind(ParseResult arguments) =>
        new() { Folder = arguments.GetValue(_data), Generated = arguments.GetValue(_generated) };
}
