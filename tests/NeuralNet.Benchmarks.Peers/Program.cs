using Microsoft.ML.OnnxRuntime;
using NeuralNet.Benchmarks.Measuring;
using NeuralNet.Benchmarks.Peers.Accuracy;
using NeuralNet.Benchmarks.Peers.Memory;
using NeuralNet.Benchmarks.Peers.Rows;
using NeuralNet.Benchmarks.Peers.Torch;
using NeuralNet.Benchmarks.Report;

namespace NeuralNet.Benchmarks.Peers;

/// <summary>Measures the library side by side with its peers in .NET.</summary>
internal static class Program
{
    public static int Main(string[] args)
    {
        if (OptionReader.AsksForHelp(args))
        {
            Console.WriteLine(Options.Help);
            return 0;
        }

        try
        {
            if (args is [MemorySide.Command, string library])
            {
                StepMemory.Run(library);
                return 0;
            }

            var options = Options.Parse(args);
            if (!options.UsesDefaultMalloc)
            {
                NativeAllocator.KeepMemory();
            }

            if (options.Accuracy is not null)
            {
                AccuracyRun.Run(options);
            }
            else
            {
                Measure(options);
            }

            return 0;
        }
        catch (FormatException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return 2;
        }
        catch (PeerException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return 1;
        }
    }

    private static void Measure(Options options)
    {
        var comparison = new Comparison(options.Rounds, warmUpSeconds: 1);
        var report = new MarkdownReport(options.Output, comparison);
        var bench = new PeerBench(options, comparison, report);
        report.Peer("ONNX Runtime", OrtEnv.Instance().GetVersionString());
        report.Note(options.UsesDefaultMalloc
            ? "The allocator of the C library was left as it is."
            : "For steps and predictions, the allocator of the C library was told to keep its memory, which makes "
                + "TorchSharp faster; the memory of steps is measured with the allocator as it is.");
        foreach (string subject in options.Only)
        {
            try
            {
                Action<PeerBench> measure = subject switch
                {
                    "step" => StepTables.Measure,
                    "predict" => PredictTables.Measure,
                    _ => MemoryTable.Measure,
                };
                measure(bench);
            }
            catch (PeerException exception)
            {
                report.Note($"`{subject}` was left out, from here on: {exception.Message}");
            }
        }

        report.Finish();
    }
}
