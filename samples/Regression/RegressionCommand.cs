using System.CommandLine;
using NeuralNet.Samples.CommandLine;

namespace NeuralNet.Samples.Regression;

/// <summary>The command line: its options, the values they accept, and their defaults.</summary>
internal sealed class RegressionCommand : RootCommand
{
    private readonly Option<string?> _data = OptionKinds.OptionalName(
        "--data",
        "A CSV file of your own, with a header, in place of the table of falling balls; needs --target.");

    private readonly Option<string?> _target = OptionKinds.OptionalName(
        "--target",
        $"The column to predict, of numbers; all others are inputs. Of the balls it is {FallingBalls.Target} unless "
        + "given.",
        "NAME");

    private readonly Option<int> _seed = OptionKinds.Seed(
        "--seed", "The seed of all random numbers: split, weights, order of samples; with --generate, the table.", 1);

    private readonly Option<int> _epochs = OptionKinds.Count(
        "--epochs", "The largest number of epochs of a training; early stopping usually ends it before.", 500);

    private readonly Option<string?> _generate = OptionKinds.OptionalName(
        "--generate", "Write the table of falling balls again, by its formula, and do nothing else.");

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
}
