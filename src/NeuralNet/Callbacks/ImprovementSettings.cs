using NeuralNet.Kinds;

namespace NeuralNet.Callbacks;

/// <summary>Settings of callbacks that wait for a figure to improve, beside those that they always had.</summary>
internal static class ImprovementSettings
{
    /// <summary>
    /// Writes those that are not the default; runs from before they could be set can then be resumed.
    /// </summary>
    public static void Write(SettingsWriter settings, ImprovementMode mode, int startFromEpoch)
    {
        if (mode != ImprovementMode.Absolute)
        {
            settings.Text("mode", mode.ToString());
        }

        if (startFromEpoch > 1)
        {
            settings.Integer("startFromEpoch", startFromEpoch);
        }
    }
}
