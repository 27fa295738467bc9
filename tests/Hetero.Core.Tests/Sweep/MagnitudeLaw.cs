using System.Reflection;

namespace Hetero.Core.Tests.Sweep;

/// <summary>
/// f(2^k·x) = 2^(k·degree)·f(x): an oracle for any homogeneous function. Where the right side has no number, the left is infinite, or loses the
/// digits that numbers near 0 have not, or is refused by name; it is never something else, and never NaN.
/// </summary>
internal static class MagnitudeLaw
{
    private static readonly int[] DoubleExponents = [-1010, -700, -538, -400, -150, -60, 60, 150, 400, 515, 700, 1010];
    private static readonly int[] SingleExponents = [-118, -90, -72, -40, -15, 15, 40, 61, 90, 118];

    public static IEnumerable<string> Violations(SpanCase test, MethodBase method)
    {
        Slots plain = new(test.Buffers);
        test.Fill(plain);
        double[] expected = test.Call(plain);
        bool isSingle = test.Buffers.Any(buffer => buffer.Element == typeof(float));
        foreach (int exponent in isSingle ? SingleExponents : DoubleExponents)
        {
            Slots scaled = new(test.Buffers);
            test.Fill(scaled, exponent);
            string? complaint;
            try
            {
                double[] returned = test.Call(scaled);
                complaint = Compare(test, expected, returned, exponent * test.ResultDegree, isSingle, "what is returned");
                for (int i = 0; i < test.Buffers.Length && complaint is null; i++)
                {
                    BufferSpec buffer = test.Buffers[i];
                    if (buffer.Role is BufferRole.Output or BufferRole.Update)
                    {
                        bool isFloat = buffer.Element == typeof(float);
                        complaint = Compare(test, plain.Read(i), scaled.Read(i), exponent * buffer.Degree, isFloat, $"buffer {i}");
                    }
                }
            }
            catch (Exception exception)
            {
                complaint = Refusal.Complaint(method, exception);
            }

            if (complaint is not null)
            {
                yield return $"{test} at 2^{exponent}: {complaint}";
            }
        }
    }

    private static string? Compare(SpanCase test, double[] plain, double[] scaled, int shift, bool isSingle, string what)
    {
        (int most, int least, double epsilon) = isSingle ? (127, -126, Math.ScaleB(1, -23)) : (1023, -1022, Math.ScaleB(1, -52));
        double largest = plain.Select(Math.Abs).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        int exponent = largest == 0 ? 0 : Math.ILogB(largest) + shift;

        // A sum of products whose terms leave the range is documented to be what the arithmetic makes of it.
        bool mayOverflow = exponent > most - test.HeadRoom, mayVanish = test.FormsProducts && exponent < least + (isSingle ? 48 : 110);
        for (int i = 0; i < plain.Length; i++)
        {
            double expected = Math.ScaleB(plain[i], shift);
            if (mayOverflow ? double.IsNaN(scaled[i]) && !test.FormsProducts : !double.IsFinite(scaled[i]))
            {
                return $"{what} is {scaled[i]} at {i}, where {expected} is right";
            }

            double lost = Math.ScaleB(1, least - (isSingle ? 23 : 52)) * test.Tolerance;
            double tolerance = (test.Tolerance * epsilon * Math.ScaleB(largest, shift)) + lost;
            bool isJudged = mayOverflow ? double.IsFinite(scaled[i]) && double.IsFinite(expected) && !test.FormsProducts : !mayVanish;
            if (isJudged && !(Math.Abs(scaled[i] - expected) <= tolerance))
            {
                return $"{what} is {scaled[i]} at {i}, where {expected} is right";
            }
        }

        return null;
    }
}
