using System.Globalization;

namespace NeuralNet.Forecasting.Series;

/// <summary>Writes times for messages and tables.</summary>
internal static class TimeText
{
    /// <summary>The date, with the time of the day where it is not midnight.</summary>
    public static string Of(DateTime time) => time.ToString(
        time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
}
