using System.CommandLine;
using NeuralNet.Samples.CommandLine;
using NeuralNet.Training;

namespace NeuralNet.Samples.Digits;

/// <summary>Trains networks to read handwritten digits, tests them, and reads digits with them.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        // Ctrl+C once ends the run with the results so far; a second time, immediately.
        using var interruption = new CancellationTokenSource();
        ConsoleCancelEventHandler interrupt = (_, press) =>
        {
            press.Cancel = !interruption.IsCancellationRequested;
            interruption.Cancel();
        };
        Console.CancelKeyPress += interrupt;
        try
        {
            return await RunAsync(args, SampleEnvironment.OfProcess(), interruption.Token);
        }
        finally
        {
            Console.CancelKeyPress -= interrupt;
        }
    }

    /// <summary>Reads the command line and runs; errors become one line and an exit code.</summary>
    internal static async Task<int> RunAsync(
        string[] args, SampleEnvironment environment, CancellationToken cancellationToken)
    {
        var command = new DigitsCommand();
        ParseResult arguments = command.Parse(args);
        if (CommandLineError.Of(arguments) is { } error)
        {
            return Fail(environment, ExitCode.BadInput, error);
        }

        if (arguments.Action is not null && arguments.Action != command.Action)
        {
            // --help or --version
            return await arguments.InvokeAsync(
                new() { Output = environment.Output, Error = environment.Error }, cancellationToken);
        }

        try
        {
            await command.RunAsync(arguments, environment, cancellationToken);
            return cancellationToken.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Success;
        }
        catch (SampleException exception)
        {
            return Fail(environment, ExitCode.BadInput, exception.Message);
        }
        catch (TrainingDivergedException exception)
        {
            return Fail(environment, ExitCode.TrainingFailed, exception.Message);
        }
        catch (OutOfMemoryException)
        {
            return Fail(environment, ExitCode.TrainingFailed, "The network and its data do not fit into memory.");
        }
        catch (OperationCanceledException)
        {
            return Fail(environment, ExitCode.Interrupted, "Interrupted before there was a result.");
        }
    }

    /// <summary>Writes an error on one line, whatever the message holds.</summary>
    private static int Fail(SampleEnvironment environment, int exitCode, string message)
    {
        environment.Error.WriteLine(CommandLineError.OneLine(message));
        return exitCode;
    }
}
