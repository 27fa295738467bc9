using System.Reflection;

namespace Hetero.Core.Tests.Sweep;

/// <summary>
/// Two buffers of a call that overlap: it is refused by name before it has written anything, or does what it does to copies that lie apart.
/// </summary>
internal static class SharedMemoryLaw
{
    public static IEnumerable<string> Violations(SpanCase test, MethodBase method)
    {
        for (int a = 0; a < test.Buffers.Length; a++)
        {
            for (int b = a + 1; b < test.Buffers.Length; b++)
            {
                int unit = Math.Max(test.Buffers[a].ElementBytes, test.Buffers[b].ElementBytes);
                foreach (int shift in Shifts(test.Buffers[a].Bytes / unit, test.Buffers[b].Bytes / unit))
                {
                    if (Check(test, method, a, b, shift * unit) is { } complaint)
                    {
                        yield return $"{test}: buffer {b} starts {shift} elements after buffer {a}: {complaint}";
                    }
                }
            }
        }
    }

    /// <summary>The same start, a shift by one, the halves, and one common element at either end.</summary>
    private static IEnumerable<int> Shifts(int first, int second)
    {
        int[] shifts = first == 0 || second == 0 ? [] : [0, 1, -1, first / 2, -second / 2, first - 1, 1 - second];
        return shifts.Where(shift => shift < first && shift > -second).Distinct();
    }

    private static string? Check(SpanCase test, MethodBase method, int a, int b, int shift)
    {
        // All apart from each other, and then b where it overlaps a.
        int[] offsets = Slots.Apart(test.Buffers);
        int room = 64 + test.Buffers.Max(buffer => buffer.Bytes);
        offsets = [.. offsets.Select(offset => offset + room)];
        offsets[b] = offsets[a] + shift;
        Slots shared = new(test.Buffers, Spread(test.Buffers, offsets, a, b, room));
        test.Fill(shared);
        Slots copies = new(test.Buffers);
        for (int i = 0; i < test.Buffers.Length; i++)
        {
            shared.Bytes(i).CopyTo(copies.Bytes(i));
        }

        byte[] before = shared.Snapshot();
        (double[]? expected, Exception? refused) = Try(test, copies);
        (double[]? actual, Exception? failure) = Try(test, shared);
        if (failure is ArgumentException)
        {
            return Refusal.Complaint(method, failure) ?? (shared.Equal(before) ? null : "is refused after it has written");
        }

        if (failure is not null || refused is not null)
        {
            return failure?.GetType() == refused?.GetType() ? null : $"throws {failure}, with copies {refused}";
        }

        if (!expected!.SequenceEqual(actual!))
        {
            return $"returns {string.Join(", ", actual!)}; of copies it is {string.Join(", ", expected!)}";
        }

        for (int i = 0; i < test.Buffers.Length; i++)
        {
            // An input may be where an output is.
            BufferRole role = test.Buffers[i].Role;
            bool matters = role is BufferRole.Output or BufferRole.Update || (role == BufferRole.Input && i != a && i != b);
            if (matters && !shared.Bytes(i).SequenceEqual(copies.Bytes(i)))
            {
                return $"buffer {i} holds other numbers than with copies";
            }
        }

        return null;
    }

    /// <summary>Everything but a and b goes beyond both.</summary>
    private static int[] Spread(BufferSpec[] buffers, int[] offsets, int a, int b, int room)
    {
        int next = Math.Max(offsets[a] + buffers[a].Bytes, offsets[b] + buffers[b].Bytes) + room;
        for (int i = 0; i < buffers.Length; i++)
        {
            if (i != a && i != b)
            {
                offsets[i] = next = (next + 63) / 64 * 64;
                next += buffers[i].Bytes + room;
            }
        }

        return offsets;
    }

    private static (double[]? Returned, Exception? Failure) Try(SpanCase test, Slots slots)
    {
        try
        {
            return (test.Call(slots), null);
        }
        catch (Exception exception)
        {
            return (null, exception);
        }
    }
}
