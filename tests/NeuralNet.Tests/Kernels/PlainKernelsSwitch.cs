using System.Runtime.CompilerServices;
using NeuralNet.Kernels;

namespace NeuralNet.Tests.Kernels;

/// <summary>Has all tests run on the plain loops where NEURALNET_PLAIN_KERNELS is 1, as in a browser.</summary>
internal static class PlainKernelsSwitch
{
    [ModuleInitializer]
    internal static void Set()
    {
        if (Environment.GetEnvironmentVariable("NEURALNET_PLAIN_KERNELS") == "1")
        {
            AppContext.SetSwitch(PlainKernels.SwitchName, true);
        }
    }
}
