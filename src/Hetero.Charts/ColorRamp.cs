using System.Globalization;

namespace Hetero.Charts;

/// <summary>The colours of heat maps: viridis, whose lightness rises steadily, so that it reads in grey and without red–green vision.</summary>
internal static class ColorRamp
{
    private static readonly int[] Anchors =
        [0x440154, 0x482878, 0x3e4989, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6ece58, 0xb5de2b, 0xfde725];

    /// <summary>The colour at a share from 0 to 1; shares outside take the end colours.</summary>
    public static string At(double share)
    {
        double position = Math.Clamp(share, 0, 1) * (Anchors.Length - 1);
        int index = Math.Min((int)position, Anchors.Length - 2);
        double rest = position - index;
        int color = 0;
        for (int shift = 16; shift >= 0; shift -= 8)
        {
            int from = (Anchors[index] >> shift) & 0xff;
            int to = (Anchors[index + 1] >> shift) & 0xff;
            color |= (int)Math.Round(from + (rest * (to - from)), MidpointRounding.AwayFromZero) << shift;
        }

        return "#" + color.ToString("x6", CultureInfo.InvariantCulture);
    }
}
