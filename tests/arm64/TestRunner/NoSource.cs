using Xunit.Abstractions;

namespace NeuralNet.TestRunner;

/// <summary>Knows no lines of source, which nobody asks for here.</summary>
internal sealed class NoSource : ISourceInformationProvider
{
    public ISourceInformation GetSourceInformation(ITestCase testCase) => new Xunit.Sdk.SourceInformation();

    public void Dispose()
    {
    }
}
