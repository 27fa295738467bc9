using System.Globalization;
using Hetero.Charts;
using Xunit;

namespace Hetero.Charts.Tests;

public class PaletteTests
{
    [Fact]
    public void Data_stand_out_from_the_paper_in_both_themes()
    {
        Assert.All(Palette.LightSlots, c => Assert.InRange(Contrast(c, Palette.Light.Paper), 3, 21));
        Assert.All(Palette.DarkSlots, c => Assert.InRange(Contrast(c, Palette.Dark.Paper), 3, 21));
    }

    [Fact]
    public void Text_is_readable_in_both_themes()
    {
        foreach (ThemeColors theme in new[] { Palette.Light, Palette.Dark })
        {
            Assert.InRange(Contrast(theme.Ink, theme.Paper), 7, 21);
            Assert.InRange(Contrast(theme.Muted, theme.Paper), 4.5, 21);
            Assert.InRange(Contrast(theme.Axis, theme.Paper), 3, 21);
        }
    }

    [Fact]
    public void Slots_differ_in_more_than_hue()
    {
        Assert.Equal(4, Enumerable.Range(0, 4).Select(s => Palette.DashPattern(LineDash.BySlot, s)).Distinct().Count());
        Assert.Equal(Palette.Slots, Palette.LightSlots.Distinct().Count());
        Assert.Equal(Palette.Slots, Palette.DarkSlots.Distinct().Count());
    }

    // The colours as people without green cones see them, after Machado, Oliveira and Fernandes (2009).
    [Fact]
    public void The_first_slots_can_be_told_apart_without_green_cones()
    {
        foreach (IReadOnlyList<string> slots in new[] { Palette.LightSlots, Palette.DarkSlots })
        {
            for (int i = 0; i < 4; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    double distance = Math.Sqrt(Deuteranope(slots[i]).Zip(Deuteranope(slots[j]), (a, b) => (a - b) * (a - b)).Sum());
                    Assert.True(distance > 0.08, $"{slots[i]} and {slots[j]} look alike: {distance}");
                }
            }
        }
    }

    [Fact]
    public void The_heat_map_gets_steadily_lighter()
    {
        double[] light = [.. Enumerable.Range(0, 65).Select(i => Luminance(ColorRamp.At(i / 64.0)))];
        Assert.All(light.Zip(light.Skip(1)), p => Assert.True(p.First < p.Second));
        Assert.Equal(ColorRamp.At(0), ColorRamp.At(-5));
        Assert.Equal(ColorRamp.At(1), ColorRamp.At(5));
    }

    private static double Contrast(string a, string b)
    {
        double x = Luminance(a);
        double y = Luminance(b);
        return (Math.Max(x, y) + 0.05) / (Math.Min(x, y) + 0.05);
    }

    private static double Luminance(string color)
    {
        double[] c = Channels(color);
        return (0.2126 * c[0]) + (0.7152 * c[1]) + (0.0722 * c[2]);
    }

    private static double[] Deuteranope(string color)
    {
        double[] c = Channels(color);
        return
        [
            (0.367322 * c[0]) + (0.860646 * c[1]) - (0.227968 * c[2]),
            (0.280085 * c[0]) + (0.672501 * c[1]) + (0.047413 * c[2]),
            (-0.01182 * c[0]) + (0.04294 * c[1]) + (0.968881 * c[2]),
        ];
    }

    private static double[] Channels(string color) =>
    [
        .. Enumerable.Range(0, 3)
            .Select(i => int.Parse(color.AsSpan(1 + (2 * i), 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
            .Select(v => v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4)),
    ];
}
