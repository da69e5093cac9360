using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace NeuralNet.Samples.Regression;

/// <summary>The command line: its options, the values they accept, and their defaults.</summary>
internal sealed class RegressionCommand : RootCommand
{
    private readonly Option<string?> _data = new("--data")
    {
        Description = "A CSV file of your own, with a header, in place of the table of falling balls; needs --target.",
        HelpName = "FILE",
        CustomParser = result => NotEmpty(result, "--data"),
    };

    private readonly Option<string?> _target = new("--target")
    {
        Description =
            $"The column to predict, of numbers; all others are inputs. Of the balls it is {FallingBalls.Target} "
            + "unless given.",
        HelpName = "NAME",
        CustomParser = result => NotEmpty(result, "--target"),
    };

    private readonly Option<int> _seed = new("--seed")
    {
        Description = "The seed of all random numbers: split, weights, order of samples; with --generate, the table.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
        CustomParser = result => Whole(result, "--seed", int.MinValue),
    };

    private readonly Option<int> _epochs = new("--epochs")
    {
        Description = "The largest number of epochs of a training; early stopping usually ends it before.",
        HelpName = "N",
        DefaultValueFactory = _ => 500,
        CustomParser = result => Whole(result, "--epochs", 1),
    };

    private readonly Option<string?> _generate = new("--generate")
    {
        Description = "Write the table of falling balls again, by its formula, and do nothing else.",
        HelpName = "FILE",
        CustomParser = result => NotEmpty(result, "--generate"),
    };

    public RegressionCommand()
        : base("Learns to predict a number from a table: how long a ball falls in air, water or oil.")
    {
        foreach (Option option in (Option[])[_data, _target, _seed, _epochs, _generate])
        {
            Options.Add(option);
        }

        Validators.Add(result =>
        {
            if (result.GetResult(_data) is not null && result.GetResult(_target) is null)
            {
                result.AddError("--data needs --target NAME, the column to predict.");
            }
        });
    }

    /// <summary>Reads the options out of a command line without errors.</summary>
    public RegressionOptions Bind(ParseResult arguments) => new(
        arguments.GetValue(_data),
        arguments.GetValue(_target) ?? FallingBalls.Target,
        arguments.GetValue(_seed),
        arguments.GetValue(_epochs),
        arguments.GetValue(_generate));

    private static string? NotEmpty(ArgumentResult result, string option)
    {
        string text = result.Tokens[0].Value;
        if (string.IsNullOrWhiteSpace(text))
        {
            result.AddError($"{option} must not be empty.");
        }

        return text;
    }

    private static int Whole(ArgumentResult result, string option, int least)
    {
        string text = result.Tokens[0].Value;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            || number < least)
        {
            result.AddError(
                $"{option} must be a whole number{(least == 1 ? ", at least 1" : "")}, but it is '{text}'.");
        }

        return number;
    }
}
