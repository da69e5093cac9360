using NeuralNet.Benchmarks.Measuring;
using NeuralNet.Benchmarks.Report;
using NeuralNet.Benchmarks.Rows;

namespace NeuralNet.Benchmarks;

/// <summary>The command <c>peers</c>: measures one subject after another and reports.</summary>
internal static class PeersCommand
{
    public static int Run(ReadOnlySpan<string> arguments)
    {
        if (OptionReader.AsksForHelp(arguments))
        {
            Console.WriteLine(PeersOptions.Help);
            return 0;
        }

        PeersOptions options;
        try
        {
            options = PeersOptions.Parse(arguments);
        }
        catch (FormatException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return 2;
        }

        using var files = new TemporaryFolder();
        var comparison = options.Quick ? Comparison.Quick() : Comparison.Thorough();
        var report = new MarkdownReport(options.Output, comparison);
        var bench = new Bench(options, comparison, report, files);
        foreach (string subject in options.Rows)
        {
            ISubject rows = subject switch
            {
                "convolution" => new ConvolutionRows(),
                "product" => new ProductRows(),
                "predict" => new PredictRows(),
                "step" => new StepRows(),
                "threads" => new ThreadRows(),
                "streams" => new StreamRows(),
                _ => new MnistRows(),
            };
            try
            {
                rows.Measure(bench);
            }
            catch (PeerException exception)
            {
                report.Note($"`{subject}` was left out, from here on: {exception.Message}");
            }
        }

        report.Finish();
        return 0;
    }
}
