// @ts-check
/** The course as a page carries it, made whole: guidelines and references stand in it once. */

/** @param {any} course @returns {any} the course, its stories complete in themselves */
export function restored(course) {
  for (const story of course.stories) {
    for (const name of ["guidelines", "references"]) {
      const own = story[name];
      if (Array.isArray(own)) story[name] = Object.fromEntries(own.map((id) => [id, course[name][id]]));
    }
    whole(story);
  }
  return course;
}

/** Short forms in full: ids from their keys, marks and texts as objects. @param {any} story */
function whole(story) {
  for (const [id, ending] of Object.entries(story.endings)) {
    ending.id = id;
    ending.text = ending.text.map(asText);
  }
  for (const [id, scene] of Object.entries(story.scenes)) {
    scene.id = id;
    scene.text = scene.text.map(asText);
    scene.choices ??= {};
    if (scene.goto) scene.goto = scene.goto.map(asBranch);
    for (const [name, choice] of Object.entries(scene.choices)) wholeChoice(name, choice);
  }
}

/** @param {string} id @param {any} choice */
function wholeChoice(id, choice) {
  choice.id = id;
  choice.consequence = choice.consequence.map(asText);
  choice.goto = choice.goto.map(asBranch);
  if (choice.marks) choice.marks = choice.marks.map(([guideline, word, why]) => ({ guideline, word, why }));
}

const asText = (text) => (typeof text === "string" ? { text } : text);
const asBranch = (to) => (typeof to === "string" ? { to } : to);
