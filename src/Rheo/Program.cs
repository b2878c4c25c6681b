using System.Text;
using Rheo;
using Rheo.Agent;
using Rheo.Cli;

// Not Console.Out and Console.Error: where there is a terminal they send it sequences that nobody takes back.
var utf8 = new UTF8Encoding(false);
using var output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput(), utf8) { AutoFlush = true });
using var error = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardError(), utf8) { AutoFlush = true });
if (CoreRun.IsAsked(args))
    return CoreRun.Run(error);
return CommandLine.Run(args, new Commands(Commands.OpenAlone, error, Commands.Warden), output, error);
