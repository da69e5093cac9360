using Xunit.Abstractions;

namespace NeuralNet.TestRunner;

/// <summary>Prints the tests that fail, with what they said.</summary>
internal sealed class Outcomes : Xunit.LongLivedMarshalByRefObject, IMessageSink
{
    public bool OnMessage(IMessageSinkMessage message)
    {
        if (message is ITestFailed failed)
        {
            Console.WriteLine($"FAILED {failed.Test.DisplayName}");
            Console.WriteLine(string.Join(Environment.NewLine, failed.Messages));
            Console.WriteLine(string.Join(Environment.NewLine, failed.StackTraces));
        }

        return true;
    }
}
