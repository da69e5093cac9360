using System.CommandLine;
using System.Text;
using NeuralNet.Files;
using NeuralNet.Guards;
using NeuralNet.Samples.CommandLine;
using NeuralNet.Training;

namespace NeuralNet.Samples.Regression;

/// <summary>The command line around <see cref="Walkthrough"/>; errors become one line and an exit code.</summary>
internal static class Program
{
    private const int Success = 0;
    private const int TrainingFailed = 1;
    private const int BadInput = CommandLineError.ExitCode;

    public static int Main(string[] args) => Run(args, Console.Out, Console.Error);

    internal static int Run(string[] args, TextWriter output, TextWriter error)
    {
        var command = new RegressionCommand();
        ParseResult arguments = command.Parse(args);
        if (CommandLineError.Of(arguments) is { } wrong)
        {
            return Fail(wrong, BadInput);
        }

        if (arguments.Action is not null)
        {
            // --help or --version
            return arguments.Invoke(new() { Output = output, Error = error });
        }

        try
        {
            RegressionOptions options = command.Bind(arguments);
            if (options.Generate is { } file)
            {
                AtomicFile.Write(
                    file, stream => stream.Write(Encoding.UTF8.GetBytes(FallingBalls.Csv(options.Seed))));
                output.WriteLine($"wrote {FallingBalls.Rows} rows to {MessageText.File(file)}");
            }
            else
            {
                Walkthrough.Run(options, output);
            }

            return Success;
        }
        catch (Exception exception) when (
            exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return Fail(exception.Message, BadInput);
        }
        catch (TrainingDivergedException exception)
        {
            return Fail(exception.Message, TrainingFailed);
        }

        int Fail(string message, int exitCode)
        {
            error.WriteLine(CommandLineError.OneLine(message));
            return exitCode;
        }
    }
}
