using System.Globalization;
using FsCheck.Xunit;
using Hetero.Core.FsCheck.Tests.Support;
using Xunit;

namespace Hetero.Core.FsCheck.Tests;

public class DailySeedTests
{
    [Fact]
    public void It_changes_from_day_to_day_and_can_be_given()
    {
        DateTime day = new(2026, 3, 9, 23, 59, 59, DateTimeKind.Utc);
        string today = DailySeed.Of(null, day), tomorrow = DailySeed.Of("", day.AddSeconds(1));
        Assert.Equal(today, DailySeed.Of(" ", day.AddHours(-23)));
        Assert.StartsWith("20260309,", today, StringComparison.Ordinal);
        Assert.StartsWith("20260310,", tomorrow, StringComparison.Ordinal);
        ulong[] steps = [.. new[] { today, tomorrow }.Select(place => ulong.Parse(place.Split(',')[1], CultureInfo.InvariantCulture))];
        Assert.NotEqual(steps[0], steps[1]);
        Assert.All(steps, step => Assert.True(step % 2 == 1 && step > 1UL << 32));
        Assert.Equal("5,7,30", DailySeed.Of(" 5,7,30\n", day));
    }

    // FsCheck runs the cases from the place that the attribute of the class names, as many as it says.
    [Fact]
    public void Classes_of_properties_start_there()
    {
        Type[] classes = [.. typeof(DailySeedTests).Assembly.GetTypes().Where(type => type.IsDefined(typeof(DailySeedAttribute), false))];
        Assert.True(classes.Length >= 4);
        foreach (Type type in classes)
        {
            object single = Assert.Single(type.GetCustomAttributes(typeof(PropertiesAttribute), false));
            PropertiesAttribute attribute = Assert.IsType<DailySeedAttribute>(single);
            Assert.Equal((DailySeed.Replay, 4 * attribute.MaxTest), (attribute.Replay, attribute.MaxRejected));
        }
    }
}
