namespace NeuralNet.Tables;

/// <summary>The parts of a date or a time that become features.</summary>
/// <remarks>
/// What goes round becomes two features, the sine and the cosine of its angle, so that December lies beside January;
/// see <see cref="Preprocessing.CyclicEncoding"/>. The others are numbers like those of any column.
/// </remarks>
[Flags]
public enum DateParts
{
    /// <summary>No part.</summary>
    None = 0,

    /// <summary>The year, as a number.</summary>
    Year = 1,

    /// <summary>The month, which goes round after 12.</summary>
    Month = 2,

    /// <summary>The day of the month, which goes round after 31.</summary>
    Day = 4,

    /// <summary>The day of the week, which goes round after 7; Monday is 0.</summary>
    Weekday = 8,

    /// <summary>The time of day in hours with their fraction, which goes round after 24.</summary>
    Hour = 16,

    /// <summary>The days since the first of January 1970, with the fraction of the day, as a number.</summary>
    Time = 32,
}
