using Xunit.Abstractions;
using Xunit.Sdk;

namespace NeuralNet.TestRunner;

/// <summary>Knows no lines of source, which nobody asks for here.</summary>
internal sealed class NoSource : Xunit.LongLivedMarshalByRefObject, ISourceInformationProvider
{
    public ISourceInformation GetSourceInformation(ITestCase testCase) => new SourceInformation();

    public void Dispose()
    {
    }
}
