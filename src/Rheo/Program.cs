using Rheo;
using Rheo.Agent;
using Rheo.Cli;

if (CoreRun.IsAsked(args))
    return CoreRun.Run(Console.Error);
return CommandLine.Run(args, new Commands(Commands.OpenAlone, Console.Error, Commands.Warden), Console.Out, Console.Error);
