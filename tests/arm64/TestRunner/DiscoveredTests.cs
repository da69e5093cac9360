using Xunit.Abstractions;
using Xunit.Sdk;

namespace NeuralNet.TestRunner;

/// <summary>The tests that xunit finds.</summary>
internal sealed class DiscoveredTests : Xunit.LongLivedMarshalByRefObject, IMessageSink, IDisposable
{
    /// <summary>The tests found so far.</summary>
    public List<IXunitTestCase> Cases { get; } = [];

    /// <summary>Set once all of a search are found, until somebody has waited for it.</summary>
    public AutoResetEvent Finished { get; } = new(initialState: false);

    public bool OnMessage(IMessageSinkMessage message)
    {
        switch (message)
        {
            case ITestCaseDiscoveryMessage { TestCase: IXunitTestCase one }:
                Cases.Add(one);
                break;
            case IDiscoveryCompleteMessage:
                Finished.Set();
                break;
        }

        return true;
    }

    public void Dispose() => Finished.Dispose();
}
